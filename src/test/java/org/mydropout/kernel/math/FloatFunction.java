package org.mydropout.kernel.math;

/** A function of {@link XlaMath} by its name in the golden vectors. */
enum FloatFunction {
    LOG("log") {
        @Override
        float apply(float x) {
            return XlaMath.log(x);
        }
    },
    LOG1P("log1p") {
        @Override
        float apply(float x) {
            return XlaMath.log1p(x);
        }
    },
    EXP("exp") {
        @Override
        float apply(float x) {
            return XlaMath.exp(x);
        }
    },
    ERF_INV("erf_inv") {
        @Override
        float apply(float x) {
            return XlaMath.erfInv(x);
        }
    };

    final String goldenName;

    FloatFunction(String goldenName) {
        this.goldenName = goldenName;
    }

    abstract float apply(float x);
}
