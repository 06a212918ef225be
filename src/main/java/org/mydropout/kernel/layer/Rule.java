package org.mydropout.kernel.layer;

/** Rules for parameters of several layers. */
final class Rule {

    static final String RATE = "from 0 to 1";

    static final String RATE_BELOW_1 = "from 0 to below 1";

    static final String STRENGTH = "that is 0 or from 1e-30 to 1e30";

    static final String MAGNITUDE = "from -1e30 to 1e30";

    private Rule() {}

    static boolean rate(double value) {
        return value >= 0 && value <= 1;
    }

    static boolean rateBelow1(double value) {
        return value >= 0 && value < 1;
    }

    /**
     * Whether the value is 0 or so large that its float32 and products with it are neither
     * subnormal nor infinite.
     */
    static boolean strength(double value) {
        return value == 0 || (value >= 1e-30 && value <= 1e30);
    }

    static boolean magnitude(double value) {
        return Math.abs(value) <= 1e30;
    }
}
