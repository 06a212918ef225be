package org.mydropout.job.text;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.Locale;
import java.util.Optional;
import javax.annotation.Nullable;
import org.mydropout.kernel.layer.TypedArrays;
import org.mydropout.kernel.math.FloatType;

/** The type of a vector's elements, as JAX names it. Doubles represent all values exactly. */
public enum ElementType {
    FLOAT32(null, Float.SIZE, "f4", "3.4028235E38"),
    FLOAT64(FloatType.FLOAT64, Double.SIZE, "f8", "1.7976931348623157E308"),
    BFLOAT16(FloatType.BFLOAT16, Short.SIZE, "u2", "3.3895314E38"),
    FLOAT16(FloatType.FLOAT16, Short.SIZE, "f2", "65504.0");

    @Nullable private final FloatType floatType;
    private final int width;
    private final String numpyCode;
    private final String largest;

    ElementType(@Nullable FloatType floatType, int width, String numpyCode, String largest) {
        this.floatType = floatType;
        this.width = width;
        this.numpyCode = numpyCode;
        this.largest = largest;
    }

    /** The type of the kernel; empty for float32, which has arrays of its own there. */
    public Optional<FloatType> floatType() {
        return Optional.ofNullable(floatType);
    }

    /** The size of an element, in bytes. */
    public int bytes() {
        return width / Byte.SIZE;
    }

    /** NumPy's code of the type, without a byte order: of bfloat16 that of its bits. */
    public String numpyCode() {
        return numpyCode;
    }

    /** The largest finite value, for people. */
    String largest() {
        return largest;
    }

    /**
     * The value that {@code jnp.array(x, type)} makes of a Python float; infinite if it is too
     * large.
     */
    double ofPythonFloat(double x) {
        return floatType == null ? (float) x : TypedArrays.ofPythonFloat(x, floatType);
    }

    /**
     * The bits of a value, with one pattern for all NaNs.
     *
     * @param value of the type
     */
    public long bits(double value) {
        return floatType == null
                ? Integer.toUnsignedLong(Float.floatToIntBits((float) value))
                : floatType.bits(value);
    }

    /** The value with these bits, which are the lowest ones. */
    public double value(long bits) {
        return floatType == null ? Float.intBitsToFloat((int) bits) : floatType.value(bits);
    }

    /** The bits of a value in hexadecimal. */
    public String hexadecimal(long bits) {
        String digits = "0".repeat(width / 4) + Long.toHexString(bits);
        return digits.substring(digits.length() - width / 4);
    }

    /** The decimal text of a value, as {@link VectorText} writes it. */
    public String text(double value) {
        return floatType == null
                ? Float.toString((float) value)
                : NumberOutput.toString(value, true);
    }

    /** The option value, and the name in JAX. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
