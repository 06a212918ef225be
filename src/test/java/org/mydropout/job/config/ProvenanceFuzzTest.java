package org.mydropout.job.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.configuration.Configuration;
import org.mydropout.fuzz.Bytes;
import org.mydropout.fuzz.Untrusted;

/** Property tests for {@link Provenance}, with texts of untrusted records. */
class ProvenanceFuzzTest {

    /** Allows for several objects per short option. */
    private static final Untrusted TEXT = new Untrusted(InvalidJobException.class, 64 << 10, 256);

    private static final String VALID =
            "flink-mydropout/0.1.0?format=1&copies=3&module-path=Block_0%3BMyDropout_0&seed=42";

    private static final List<String> TOKENS =
            List.of(
                    "flink-mydropout/0.1.0?format=1",
                    "flink-mydropout/",
                    "?",
                    "format",
                    "=",
                    "&",
                    "&seed=42",
                    "&rate=%30",
                    "&sed=1",
                    "%",
                    "%4",
                    "%zz",
                    "%ff",
                    "+",
                    "é",
                    "\n",
                    "\u0000");

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(100),
                Bytes.damaged(VALID.getBytes(StandardCharsets.UTF_8))
                        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)),
                Arbitraries.of(TOKENS)
                        .list()
                        .ofMaxSize(20)
                        .map(parts -> String.join("", parts))
                        .map(parts -> "flink-mydropout/0.1.0?format=1" + parts));
    }

    @Property
    void textIsRestoredOrRefused(@ForAll("texts") String text) {
        restore(text);
    }

    @Provide
    Arbitrary<String> longTexts() {
        int count = 20_000;
        return Arbitraries.of(
                VALID + "&seed=42".repeat(count),
                VALID + "&a".repeat(count),
                VALID + "=".repeat(count),
                VALID + "%20".repeat(count),
                "flink-mydropout/" + "?".repeat(count),
                "flink-mydropout/" + "?format=".repeat(count),
                "flink-mydropout/0.1.0?format=" + "1".repeat(count));
    }

    @Property
    void longTextIsRestoredOrRefusedInProportion(@ForAll("longTexts") String text) {
        restore(text);
    }

    private static void restore(String text) {
        TEXT.decode(text.length(), () -> Provenance.restore(new Configuration(), text));
    }
}
