package org.mydropout.flink;

import java.util.List;
import java.util.Map;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.layer.KeyedLayer;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.Layer;
import org.mydropout.kernel.layer.MyDropout;
import org.mydropout.kernel.layer.Sample;
import org.mydropout.kernel.layer.Split;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/** Makes what draws for a record from a configuration. */
final class KernelFactory {

    private final DropoutConfig config;
    private final JaxConfig jax;
    private final RecordKeys keys;

    KernelFactory(DropoutConfig config) {
        this.config = config;
        this.jax = new JaxConfig(config.partitionable(), config.x64());
        this.keys =
                new RecordKeys(PrngKey.of(config.seed(), jax), config.idType(), config.stepType());
    }

    KeyedTransform transform() {
        return new KeyedTransform(
                keys,
                config.layers().map(this::chain).orElseGet(() -> List.of(dropout())),
                config.deterministic());
    }

    Sample sample(double fraction) {
        return new Sample(keys, config.rngSeparator(), jax, fraction);
    }

    Split split(Map<String, Double> shares) {
        return new Split(keys, config.rngSeparator(), jax, shares);
    }

    private KeyedLayer dropout() {
        Layer layer = new MyDropout(config.rate(), config.scaling(), config.subnormals(), jax);
        return switch (config.flavor()) {
            case LINEN ->
                    KeyedLayer.at(
                            new ModulePath(config.modulePath(), config.rngSeparator()), layer);
            case RAW -> KeyedLayer.raw(layer);
        };
    }

    private List<KeyedLayer> chain(List<LayerConfig> layers) {
        return layers.stream()
                .map(
                        layer ->
                                KeyedLayer.at(
                                        new ModulePath(
                                                List.of(layer.name()), config.rngSeparator()),
                                        layer.create(jax)))
                .toList();
    }
}
