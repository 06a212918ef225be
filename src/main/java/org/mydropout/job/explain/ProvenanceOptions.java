package org.mydropout.job.explain;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The options of a provenance as text for people. */
public final class ProvenanceOptions {

    private ProvenanceOptions() {}

    /** The options as {@code key=value}, without the version and format of the provenance. */
    public static List<String> of(String provenance) {
        return Pattern.compile("&")
                .splitAsStream(provenance)
                .skip(1)
                .map(option -> URLDecoder.decode(option, StandardCharsets.UTF_8))
                .toList();
    }
}
