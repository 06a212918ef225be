package org.mydropout.bench;

/** Threefry-2x32 with 20 rounds in one method body, for one counter at a time. */
final class ScalarThreefry {

    private ScalarThreefry() {}

    /** The two output words of counter {@code (0, i)}, XORed: a 32-bit draw in JAX's layout. */
    static int word(int k0, int k1, int i) {
        int k2 = k0 ^ k1 ^ 0x1BD11BDA;
        int x = k0;
        int y = i + k1;
        y = Integer.rotateLeft(y, 13) ^ (x += y);
        y = Integer.rotateLeft(y, 15) ^ (x += y);
        y = Integer.rotateLeft(y, 26) ^ (x += y);
        y = Integer.rotateLeft(y, 6) ^ (x += y);
        x += k1;
        y += k2 + 1;
        y = Integer.rotateLeft(y, 17) ^ (x += y);
        y = Integer.rotateLeft(y, 29) ^ (x += y);
        y = Integer.rotateLeft(y, 16) ^ (x += y);
        y = Integer.rotateLeft(y, 24) ^ (x += y);
        x += k2;
        y += k0 + 2;
        y = Integer.rotateLeft(y, 13) ^ (x += y);
        y = Integer.rotateLeft(y, 15) ^ (x += y);
        y = Integer.rotateLeft(y, 26) ^ (x += y);
        y = Integer.rotateLeft(y, 6) ^ (x += y);
        x += k0;
        y += k1 + 3;
        y = Integer.rotateLeft(y, 17) ^ (x += y);
        y = Integer.rotateLeft(y, 29) ^ (x += y);
        y = Integer.rotateLeft(y, 16) ^ (x += y);
        y = Integer.rotateLeft(y, 24) ^ (x += y);
        x += k1;
        y += k2 + 4;
        y = Integer.rotateLeft(y, 13) ^ (x += y);
        y = Integer.rotateLeft(y, 15) ^ (x += y);
        y = Integer.rotateLeft(y, 26) ^ (x += y);
        y = Integer.rotateLeft(y, 6) ^ (x += y);
        return (x + k2) ^ (y + k0 + 5);
    }
}
