package org.mydropout.kernel.layer;

import java.util.ArrayList;
import java.util.List;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/**
 * A second implementation of the layer, element by element as defined: rounds from a table,
 * unsigned arithmetic in longs, uniform draws as floats. It shares only the types of its arguments
 * with the kernel.
 */
final class PlainDropout {

    private static final long UINT32 = 0xFFFF_FFFFL;
    private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};

    private PlainDropout() {}

    static float[] apply(
            double rate,
            Scaling scaling,
            Subnormals subnormals,
            JaxConfig config,
            PrngKey key,
            float[] x) {
        boolean[] mask = mask(1.0 - rate, config, key, x.length);
        float keep = (float) (1.0 - rate);
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            if (mask[i]) {
                y[i] = keep == 1 ? x[i] : scaled(x[i], keep, scaling, subnormals);
            }
        }
        return y;
    }

    private static float scaled(float x, float keep, Scaling scaling, Subnormals subnormals) {
        float value = subnormals == Subnormals.FLUSH ? flush(x) : x;
        return scaling == Scaling.DIVIDE ? value / keep : value * (1f / keep);
    }

    static boolean[] mask(double keep, JaxConfig config, PrngKey key, int n) {
        List<Long> draws = draws(config, key, n);
        boolean[] mask = new boolean[n];
        for (int i = 0; i < n; i++) {
            mask[i] =
                    config.enableX64()
                            ? (draws.get(i) >>> 12) * 0x1p-52 < keep
                            : (draws.get(i) >>> 9) * 0x1p-23f < (float) keep;
        }
        return mask;
    }

    private static List<Long> draws(JaxConfig config, PrngKey key, int n) {
        List<Long> draws = new ArrayList<>();
        if (config.threefryPartitionable()) {
            for (int i = 0; i < n; i++) {
                long[] words = threefry(key, 0, i);
                draws.add(config.enableX64() ? words[0] << 32 | words[1] : words[0] ^ words[1]);
            }
            return draws;
        }
        if (!config.enableX64()) {
            return original(key, n);
        }
        List<Long> words = original(key, 2 * n);
        for (int i = 0; i < n; i++) {
            draws.add(words.get(i) << 32 | words.get(n + i));
        }
        return draws;
    }

    private static List<Long> original(PrngKey key, int size) {
        List<Long> counts = new ArrayList<>();
        for (long count = 0; count < size; count++) {
            counts.add(count);
        }
        if (size % 2 == 1) {
            counts.add(0L);
        }
        int half = counts.size() / 2;
        List<Long> words = new ArrayList<>(counts);
        for (int i = 0; i < half; i++) {
            long[] pair = threefry(key, counts.get(i), counts.get(half + i));
            words.set(i, pair[0]);
            words.set(half + i, pair[1]);
        }
        return words.subList(0, size);
    }

    private static long[] threefry(PrngKey key, long counter0, long counter1) {
        long k0 = key.word0() & UINT32;
        long k1 = key.word1() & UINT32;
        long[] schedule = {k0, k1, k0 ^ k1 ^ 0x1BD11BDAL};
        long x0 = (counter0 + k0) & UINT32;
        long x1 = (counter1 + k1) & UINT32;
        for (int group = 0; group < 5; group++) {
            for (int rotation : ROTATIONS[group % 2]) {
                x0 = (x0 + x1) & UINT32;
                x1 = ((x1 << rotation | x1 >>> (32 - rotation)) & UINT32) ^ x0;
            }
            x0 = (x0 + schedule[(group + 1) % 3]) & UINT32;
            x1 = (x1 + schedule[(group + 2) % 3] + group + 1) & UINT32;
        }
        return new long[] {x0, x1};
    }

    private static float flush(float value) {
        return Math.abs(value) < Float.MIN_NORMAL ? Math.copySign(0f, value) : value;
    }
}
