package org.mydropout.job.explain;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The options that a provenance names, for a person. */
public final class ProvenanceOptions {

    private ProvenanceOptions() {}

    /** The options as {@code key=value}, after the provenance's version and format. */
    public static List<String> of(String provenance) {
        return Pattern.compile("&")
                .splitAsStream(provenance)
                .skip(1)
                .map(option -> URLDecoder.decode(option, StandardCharsets.UTF_8))
                .toList();
    }
}
