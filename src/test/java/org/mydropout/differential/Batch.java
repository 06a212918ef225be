package org.mydropout.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.MyDropout;
import org.mydropout.kernel.random.JaxConfig;

/**
 * Records of one size with one set of options, all derived from a salt and a number. Any {@link
 * #PAIRS} consecutive numbers have every size from 0 to 300 with every setting of partitionable and
 * x64.
 *
 * @param rate the rate, above 0 and at most 1
 * @param raw whether the key of a record is sampled itself
 * @param names the module path
 * @param separator {@code flax_fix_rng_separator}
 * @param module whether JAX runs the whole Flax module with the rate as a constant; otherwise it
 *     runs a draw with the rate as an argument, which is compiled once per size
 * @param ids Longs or Strings
 * @param steps the steps, one per id
 * @param vectors the bits of the elements, one vector per id
 */
@SuppressWarnings("ArrayRecordComponent")
record Batch(
        int size,
        JaxConfig config,
        double rate,
        long seed,
        boolean raw,
        List<String> names,
        boolean separator,
        MyDropout.Scaling scaling,
        MyDropout.Subnormals subnormals,
        IdType idType,
        StepType stepType,
        boolean module,
        List<Object> ids,
        long[] steps,
        int[][] vectors) {

    /** The number of records in a batch. */
    static final int RECORDS = 32;

    private static final int SETTINGS = 4;
    private static final int MAX_SIZE = 300;

    /** The number of pairs of a size and a setting. */
    static final int PAIRS = SETTINGS * (MAX_SIZE + 1);

    /**
     * A prime that does not divide the number of pairs, so that all pairs occur before one repeats.
     */
    private static final long STRIDE = 601;

    /** One batch in this many runs the whole module, whose compilation takes seconds. */
    private static final int MODULE_EVERY = 41;

    private static final long UINT32 = 0xFFFF_FFFFL;

    /** The bits of special float32 values: zeros, subnormals, infinities, NaNs. */
    private static final int[] SPECIAL = {
        0, 1, 0x7F_FFFF, 0x80_0000, 0x3F80_0000, 0x7F7F_FFFF, 0x7F80_0000, 0x7F80_0001, 0x7FC0_0000
    };

    /** The pair of size and setting of a batch, from 0 to below {@link #PAIRS}. */
    static int pair(long salt, long number) {
        return (int) Math.floorMod(number * STRIDE + Math.floorMod(salt, PAIRS), (long) PAIRS);
    }

    /** The batch of a salt and a number from 0. */
    static Batch of(long salt, long number) {
        SplittableRandom random = new SplittableRandom(salt ^ number * 0x9E37_79B9_7F4A_7C15L);
        int pair = pair(salt, number);
        int size = pair / SETTINGS;
        IdType idType = oneOf(random, IdType.values());
        StepType stepType = oneOf(random, StepType.values());
        List<Object> ids = new ArrayList<>();
        long[] steps = new long[RECORDS];
        int[][] vectors = new int[RECORDS][];
        for (int i = 0; i < RECORDS; i++) {
            ids.add(
                    idType == IdType.STRING
                            ? text(random, 12)
                            : integer(random, idType == IdType.UINT64));
            steps[i] = integer(random, stepType == StepType.UINT64);
            vectors[i] = IntStream.generate(() -> element(random)).limit(size).toArray();
        }
        return new Batch(
                size,
                new JaxConfig(pair % 2 == 0, pair / 2 % 2 == 0),
                rate(random),
                random.nextBoolean() ? random.nextLong() : random.nextInt(100),
                random.nextInt(4) == 0,
                IntStream.range(0, random.nextInt(4)).mapToObj(i -> "M" + text(random, 8)).toList(),
                random.nextBoolean(),
                oneOf(random, MyDropout.Scaling.values()),
                oneOf(random, MyDropout.Subnormals.values()),
                idType,
                stepType,
                number % MODULE_EVERY == MODULE_EVERY - 1,
                ids,
                steps,
                vectors);
    }

    private static double rate(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(1, 1000) / 1000.0;
            // From rates that change the last bits of the keep probability to rates for which it
            // rounds to 1.
            case 1 -> Math.scalb(1 + random.nextDouble(), -random.nextInt(18, 30));
            case 2 -> Math.scalb(1 + random.nextDouble(), -random.nextInt(30, 1000));
            case 3 -> 1 - Math.scalb(random.nextDouble(), -random.nextInt(1, 60));
            default -> Math.max(random.nextDouble(), Double.MIN_VALUE);
        };
    }

    private static long integer(SplittableRandom random, boolean wide) {
        long value =
                switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(10);
                    case 1 -> -1 - random.nextInt(10);
                    default -> random.nextLong();
                };
        return wide ? value : value & UINT32;
    }

    /** Any characters that UTF-8 can encode, mostly English ones. */
    private static String text(SplittableRandom random, int maxLength) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(maxLength + 1);
        while (text.length() < length) {
            int character =
                    random.nextInt(4) == 0 ? random.nextInt(0x11_0000) : random.nextInt('0', 'z');
            if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
                text.appendCodePoint(character);
            }
        }
        return text.toString();
    }

    private static int element(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt();
            case 1 -> oneOf(random, SPECIAL) ^ (random.nextBoolean() ? Integer.MIN_VALUE : 0);
            default -> Float.floatToRawIntBits((float) (random.nextDouble() * 20 - 10));
        };
    }

    private static int oneOf(SplittableRandom random, int[] values) {
        return values[random.nextInt(values.length)];
    }

    private static <T> T oneOf(SplittableRandom random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    /** The options of the batch, for repeating it. */
    @Override
    public String toString() {
        return ("size %d, partitionable %b, x64 %b, rate %s (%a), seed %d, %s, rng-separator %b,"
                        + " scaling %s, subnormals %s, id-type %s, step-type %s")
                .formatted(
                        size,
                        config.threefryPartitionable(),
                        config.enableX64(),
                        rate,
                        rate,
                        seed,
                        raw ? "raw" : "module path " + names.stream().map(Batch::escaped).toList(),
                        separator,
                        scaling,
                        subnormals,
                        idType,
                        stepType);
    }

    /** The text in quotes, in ASCII. */
    static String escaped(String text) {
        StringBuilder ascii = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            ascii.append(
                    character > ' ' && character < 0x7F && character != '"' && character != '\\'
                            ? character
                            : "\\u%04x".formatted((int) character));
        }
        return ascii.append('"').toString();
    }
}
