package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link NearestFloat}. */
class NearestFloatTest {

    private final NearestFloat reader = new NearestFloat();

    /**
     * Reads a number between other bytes, and returns the index after it. Before many other bytes,
     * a usual number is read in a faster way, which must give the same.
     */
    private int read(String number) {
        int beforeMany = read(number, "," + "0".repeat(32));
        int bits = Float.floatToRawIntBits(reader.value());
        int beforeOne = read(number, ",");
        assertThat(beforeMany).isEqualTo(beforeOne);
        if (beforeOne != NearestFloat.LEFT) {
            assertThat(bits).isEqualTo(Float.floatToRawIntBits(reader.value()));
        }
        return beforeOne;
    }

    private int read(String number, String after) {
        byte[] text = (" " + number + after).getBytes(US_ASCII);
        int end = reader.read(text, 1, text.length);
        return end == NearestFloat.LEFT ? end : end - 1;
    }

    private void assertNearestIfRead(String number) {
        if (read(number) != NearestFloat.LEFT) {
            assertThat(Float.floatToRawIntBits(reader.value()))
                    .as(number)
                    .isEqualTo(Float.floatToRawIntBits(ExactRounding.nearest(number)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00000000",
        "-0, 80000000",
        "-0.0, 80000000",
        "-0e5, 80000000",
        "7, 40e00000",
        "-12.5, c1480000",
        "0.1, 3dcccccd",
        "0.12345678901234567, 3dfcd6ea",
        "0.123456789012345678, 3dfcd6ea",
        "1.12345678, 3f8fcd6f",
        "-1.123456789, bf8fcd6f",
        "1.12345678901234567, 3f8fcd6f",
        "1.5e3, 44bb8000",
        "0.000012345678, 374f2049",
        "12345678.12345678, 4b3c614e",
        "1.5E3, 44bb8000",
        "1.5e-3, 3ac49ba6",
        "2E+10, 509502f9",
        "999999999999999999, 5d5e0b6b"
    })
    void readsANumber(String number, String bits) {
        assertThat(read(number)).isEqualTo(number.length());
        assertThat("%08x".formatted(Float.floatToRawIntBits(reader.value()))).isEqualTo(bits);
        assertThat(bits)
                .isEqualTo(
                        "%08x".formatted(Float.floatToRawIntBits(ExactRounding.nearest(number))));
    }

    /** Reads each also at the end of the array, beyond which no byte may be read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                ".5",
                "1.",
                "1.e5",
                "1e",
                "1e+",
                "1e-",
                "00",
                "01",
                "-01",
                "a",
                "--1",
                "NaN",
                "Infinity",
                "-Infinity",
                "]"
            })
    void leavesWhatIsNoNumber(String text) {
        assertThat(read(text)).isEqualTo(NearestFloat.LEFT);
        byte[] alone = text.getBytes(US_ASCII);
        assertThat(reader.read(alone, 0, alone.length)).isEqualTo(NearestFloat.LEFT);
    }

    /** Only an exact reader may decide the nearest float32 of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "16777217", // in the middle
                "1.00000005960464477540000000000000000001",
                "1234567890123456789",
                "1e23",
                "1e-23",
                "1e1000",
                "3.4028235e38",
                "1e39",
                "1e-39"
            })
    void leavesWhatItCannotRoundForCertain(String number) {
        assertThat(read(number)).isEqualTo(NearestFloat.LEFT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x", "1.5:", "1.5e3e", "1 2", "1-", "12345678901x"})
    void endsWhereTheNumberEnds(String text) {
        assertThat(read(text)).isEqualTo(text.replaceFirst("([x: -]|e$).*", "").length());
    }

    @Test
    void readsAtTheEndOfTheBytes() {
        for (String number : new String[] {"1", "1.5", "1.12345678", "1.123456789", "1e5"}) {
            byte[] alone = number.getBytes(US_ASCII);
            assertThat(reader.read(alone, 0, alone.length)).isEqualTo(alone.length);
        }
    }

    /** Decimals as programs write float32 and float64, and random digits. */
    @Test
    void readsMostDecimalsOfPrograms() {
        Random random = new Random(1);
        int left = 0;
        for (int i = 0; i < 10_000; i++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4);
            for (String number :
                    new String[] {Float.toString((float) value), Double.toString(value)}) {
                left += read(number) == NearestFloat.LEFT ? 1 : 0;
                assertNearestIfRead(number);
            }
            assertNearestIfRead(random.nextLong(1L << 60) + "e" + (random.nextInt(60) - 40));
        }
        assertThat(left).isLessThan(100); // 17 digits beyond 1e-7: a power below 1e-22
    }

    /** Decimals that are hard to round: near the middle between two float32, on both sides. */
    @Test
    void roundsOrLeavesDecimalsNearAMiddle() {
        Random random = new Random(2);
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt(0x1000_0000) + 0x3800_0000);
            BigDecimal middle =
                    new BigDecimal(value)
                            .add(new BigDecimal(Math.nextUp(value)))
                            .divide(BigDecimal.valueOf(2));
            for (int digits = 8; digits <= 18; digits++) {
                BigDecimal near =
                        middle.round(new MathContext(digits))
                                .add(
                                        middle.ulp()
                                                .multiply(
                                                        BigDecimal.valueOf(random.nextInt(3) - 1)));
                String number = near.round(new MathContext(digits)).toString();
                read += read(number) == NearestFloat.LEFT ? 0 : 1;
                assertNearestIfRead(number);
            }
        }
        assertThat(read).isGreaterThan(50_000);
    }
}
