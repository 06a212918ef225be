package org.mydropout.flink;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.random.JaxConfig;

/**
 * Reads what a record is transformed with, and checks it alone and together: {@link RngOptions} or
 * those of {@link DropoutOptions} that they fall back to, and {@link LayerOptions} or the other
 * options of the one dropout.
 */
final class DropoutConfigReader {

    /** What describes the one dropout, which layers take the place of. */
    private static final List<ConfigOption<?>> OF_ONE_DROPOUT =
            DropoutOptions.ALL.stream()
                    .filter(option -> !RngOptions.FALLBACKS.containsValue(option))
                    .toList();

    private final OptionReader options;
    private final boolean layered;
    private final Configuration values = new Configuration();
    private final RngOptionsReader rng;

    DropoutConfigReader(OptionReader options) {
        this.options = options;
        this.layered = options.isSet(LayerOptions.LAYERS);
        this.rng = new RngOptionsReader(options, layered, values);
    }

    /**
     * Returns each option that has a value which can be read, by default or not, as typed value:
     * those of a key as {@link RngOptions}.
     */
    Configuration read() {
        rng.checkFallbacks();
        if (!layered) {
            readRate();
        }
        rng.read();
        if (layered) {
            checkNoDropout();
        } else {
            readDropout();
        }
        return values;
    }

    /** The layers that nothing is wrong with; empty where there is one dropout. */
    Optional<List<LayerConfig>> readLayers() {
        return new LayersReader(
                        options,
                        new JaxConfig(
                                value(RngOptions.PARTITIONABLE).orElse(true),
                                value(RngOptions.X64).orElse(false)))
                .read();
    }

    private void readRate() {
        set(
                DropoutOptions.RATE,
                options.required(
                        DropoutOptions.RATE,
                        "a number from 0 to 1, the probability of a drop",
                        rate -> rate >= 0 && rate <= 1));
    }

    private void readDropout() {
        set(DropoutOptions.FLAVOR, options.oneOf(DropoutOptions.FLAVOR));
        set(DropoutOptions.SCALING, options.oneOf(DropoutOptions.SCALING));
        set(DropoutOptions.SUBNORMALS, options.oneOf(DropoutOptions.SUBNORMALS));
        readModulePath();
        checkFlavor();
    }

    private void checkNoDropout() {
        for (ConfigOption<?> option : OF_ONE_DROPOUT) {
            if (options.isSet(option)) {
                options.problem(
                        "%s must not be set where layers is set: it describes the one layer of a job without layers."
                                .formatted(option.key()));
            }
        }
    }

    private void readModulePath() {
        Optional<List<String>> path =
                options.optional(
                        DropoutOptions.MODULE_PATH, "a list of names, such as Block_0;MyDropout_0");
        List<String> names = path.orElse(List.of());
        if (names.stream().anyMatch(name -> name == null || name.isEmpty())) {
            options.mustBe(
                    DropoutOptions.MODULE_PATH, "a list of names, none of them empty", names);
        }
        if (names.stream().anyMatch(name -> name != null && !ModuleNames.haveUtf8(name))) {
            options.mustBe(
                    DropoutOptions.MODULE_PATH,
                    "a list of names that have a UTF-8 form, without unpaired surrogates",
                    names);
        }
        if (ModuleNames.areOfSelection(names, value(RngOptions.RNG_SEPARATOR).orElse(false))) {
            options.mustBe(DropoutOptions.MODULE_PATH, ModuleNames.NOT_OF_SELECTION, names);
        }
        set(
                DropoutOptions.MODULE_PATH,
                path.map(given -> Collections.unmodifiableList(new ArrayList<>(given))));
    }

    private void checkFlavor() {
        Flavor flavor = value(DropoutOptions.FLAVOR).orElse(Flavor.LINEN);
        if (flavor != Flavor.LINEN) {
            List<String> names = value(DropoutOptions.MODULE_PATH).orElse(List.of());
            requireLinen(DropoutOptions.MODULE_PATH, !names.isEmpty(), flavor, names);
            boolean separator = value(RngOptions.RNG_SEPARATOR).orElse(false);
            requireLinen(rng.used(RngOptions.RNG_SEPARATOR), separator, flavor, true);
        }
    }

    private void requireLinen(ConfigOption<?> option, boolean isUsed, Flavor flavor, Object value) {
        if (isUsed) {
            options.problem(
                    "%s must not be set where dropout.flavor is %s, which has none, but is %s."
                            .formatted(option.key(), flavor, value));
        }
    }

    private <T> void set(ConfigOption<T> option, Optional<T> value) {
        value.ifPresent(given -> values.set(option, given));
    }

    private <T> Optional<T> value(ConfigOption<T> option) {
        return values.getOptional(option);
    }
}
