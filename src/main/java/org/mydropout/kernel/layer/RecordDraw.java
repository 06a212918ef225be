package org.mydropout.kernel.layer;

import java.util.List;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxRandom;
import org.mydropout.kernel.random.PrngKey;

/**
 * One uniform float32 draw per record, at a module path that no layer has. A draw by the id alone
 * uses step 0. So the sampled key always comes from {@code make_rng}, and no word of an id or step
 * is ever folded into it.
 */
final class RecordDraw {

    private static final long FIRST_CALL = 1;

    private final RecordKeys keys;
    private final long callHash;
    private final JaxConfig config;

    RecordDraw(RecordKeys keys, String moduleName, boolean rngSeparator, JaxConfig config) {
        this.keys = keys;
        this.callHash = new ModulePath(List.of(moduleName), rngSeparator).foldData(FIRST_CALL);
        this.config = config;
    }

    /** The draw of a record, from 0 to below 1. */
    float draw(long id, long step) {
        return draw(keys.key(id, step));
    }

    /** The draw of a record, from 0 to below 1. */
    float draw(String id, long step) {
        return draw(keys.key(id, step));
    }

    private float draw(PrngKey recordKey) {
        return JaxRandom.uniformFloat32(recordKey.foldIn(callHash), 1, config)[0];
    }
}
