package org.mydropout.flink;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.mydropout.kernel.layer.LayerType;

/** The option that names layers, in the place of the {@code dropout.*} options of one. */
@PublicEvolving
public final class LayerOptions {

    /** The layers, in order. */
    public static final ConfigOption<List<Map<String, String>>> LAYERS =
            ConfigOptions.key("layers")
                    .mapType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "The layers, applied in order: a list of maps, each with its type and its"
                                    + " options, such as [{type: dropout, rate: 0.1}]. Each layer is"
                                    + " the submodule that Flax's auto-naming makes it, MyDropout_0"
                                    + " for example; the option name overrides that.");

    private LayerOptions() {}

    /** The names of the options that a layer of a type may have, without {@code type}. */
    public static Set<String> names(LayerType type) {
        Set<String> names = new TreeSet<>();
        names.add(LayersReader.NAME);
        type.nnxName().ifPresent(nnx -> names.add(LayersReader.FLAVOR));
        type.parameters().forEach(parameter -> names.add(parameter.name()));
        type.reference().ifPresent(parameter -> names.add(LayerReader.SHA256));
        return names;
    }

    /**
     * The text of the option with the checksum of each reference set added, so that it says what
     * was read.
     */
    public static String withChecksums(String layers) {
        return LayersReader.withChecksums(layers);
    }
}
