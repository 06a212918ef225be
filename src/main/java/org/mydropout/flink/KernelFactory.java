package org.mydropout.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mydropout.kernel.flax.Flavor;
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
        return keyed(
                config.flavor(),
                config.modulePath(),
                0,
                new MyDropout(config.rate(), config.scaling(), config.subnormals(), jax));
    }

    /** The layers of NNX fork their streams in their order. */
    private List<KeyedLayer> chain(List<LayerConfig> layers) {
        List<KeyedLayer> chain = new ArrayList<>();
        int forks = 0;
        for (LayerConfig layer : layers) {
            List<String> path = layer.name() == null ? List.of() : List.of(layer.name());
            chain.add(keyed(layer.flavor(), path, forks, layer.create(jax)));
            forks += layer.flavor() == Flavor.NNX ? 1 : 0;
        }
        return chain;
    }

    private KeyedLayer keyed(Flavor flavor, List<String> path, int fork, Layer layer) {
        return switch (flavor) {
            case LINEN -> KeyedLayer.at(new ModulePath(path, config.rngSeparator()), layer);
            case NNX -> KeyedLayer.nnx(fork, layer);
            case RAW -> KeyedLayer.raw(layer);
        };
    }
}
