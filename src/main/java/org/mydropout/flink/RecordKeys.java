package org.mydropout.flink;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.flink.annotation.PublicEvolving;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.random.PrngKey;

/**
 * Derives the keys of records, which are named by id and step. In Python, for the default types:
 *
 * <pre>{@code
 * key = jax.random.fold_in(jax.random.fold_in(jax.random.key(seed), id), step)  # recordKey
 * MyDropout(rate).apply({}, x, rngs={"dropout": key})  # make_rng("dropout") gives maskKey(key)
 * }</pre>
 *
 * <p>Immutable, and safe for use by many threads.
 */
@PublicEvolving
public final class RecordKeys implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final long MAX_UINT32 = 0xFFFF_FFFFL;

    private final DropoutConfig config;
    private final transient IdType idType;
    private final transient StepType stepType;
    private final transient PrngKey base;
    private final transient boolean linen;
    private final transient long callHash;

    /** Derives what all records share: the base key, and the hash that Linen folds in last. */
    public RecordKeys(DropoutConfig config) {
        this.config = config;
        idType = config.idType();
        stepType = config.stepType();
        base = PrngKey.of(config.seed(), config.jaxConfig());
        linen = config.flavor() == Flavor.LINEN;
        callHash = new ModulePath(config.modulePath(), config.rngSeparator()).foldData(1);
    }

    /**
     * Returns the key of a record: the seed's key with id and step folded in.
     *
     * @param id for {@link IdType#UINT32} and {@link IdType#UINT64} a {@link Long} or an {@link
     *     Integer}, for {@link IdType#STRING} a {@link String}
     * @param step as {@link #recordKey(long, long)} has it
     * @throws RefusedRecordException if the id is null, of another type or out of range, or the
     *     step is out of range
     */
    public PrngKey recordKey(Object id, long step) {
        return id instanceof String text
                ? recordKey(text, step)
                : recordKey(requireInteger(id), step);
    }

    /**
     * Returns the key of a record with an integer id.
     *
     * @param id within the range of {@link DropoutOptions#ID_TYPE}
     * @param step within the range of {@link DropoutOptions#STEP_TYPE}
     * @throws RefusedRecordException if ids are strings, or the id or the step is out of range
     */
    public PrngKey recordKey(long id, long step) {
        requireInRange(id);
        if (!stepType.contains(step)) {
            throw outOfRange(id, step);
        }
        return foldStep(fold(base, id, idType == IdType.UINT64), step);
    }

    /**
     * Returns the key of a record with a string id.
     *
     * @param id any string that has a UTF-8 form
     * @param step as {@link #recordKey(long, long)} has it
     * @throws RefusedRecordException if ids are integers, the id is null or has an unpaired
     *     surrogate, or the step is out of range
     */
    public PrngKey recordKey(String id, long step) {
        requireString(id);
        if (!stepType.contains(step)) {
            throw outOfRange(id, step);
        }
        return foldStep(fold(base, ByteBuffer.wrap(sha256(id)).getLong(), true), step);
    }

    /**
     * Returns the key from which the mask of a record is drawn: what Linen's {@code make_rng} makes
     * of the record's key in the first call at the {@linkplain DropoutOptions#MODULE_PATH module
     * path}, or that key itself for {@link Flavor#RAW}.
     *
     * @param recordKey a key from {@code recordKey}; to be folded or sampled, but not both
     */
    public PrngKey maskKey(PrngKey recordKey) {
        return linen ? recordKey.foldIn(callHash) : recordKey;
    }

    /**
     * Refuses what {@link #recordKey(Object, long)} refuses, without deriving a key.
     *
     * @throws IllegalArgumentException as that method does
     */
    public void check(Object id, long step) {
        if (id instanceof String text) {
            requireString(text);
            utf8(text);
        } else {
            requireInRange(requireInteger(id));
        }
        if (!stepType.contains(step)) {
            throw outOfRange(id, step);
        }
    }

    private PrngKey foldStep(PrngKey idKey, long step) {
        return fold(idKey, step, stepType == StepType.UINT64);
    }

    private static PrngKey fold(PrngKey key, long value, boolean twoWords) {
        return twoWords
                ? key.foldIn(value >>> Integer.SIZE).foldIn(value & MAX_UINT32)
                : key.foldIn(value);
    }

    private long requireInteger(Object id) {
        if (id instanceof Long || id instanceof Integer) {
            return ((Number) id).longValue();
        }
        throw wrongType(id);
    }

    private void requireInRange(long id) {
        if (idType == IdType.STRING) {
            throw wrongType(id);
        }
        if (idType == IdType.UINT32 && (id < 0 || id > MAX_UINT32)) {
            throw new RefusedRecordException(
                    "The id of a record must be from 0 to 4294967295 when dropout.id-type is"
                            + " uint32, but it is "
                            + id
                            + ".");
        }
    }

    private void requireString(String id) {
        if (idType != IdType.STRING || id == null) {
            throw wrongType(id);
        }
    }

    private RefusedRecordException wrongType(Object id) {
        return new RefusedRecordException(
                "The id of a record must be "
                        + (idType == IdType.STRING ? "a String" : "a Long or an Integer")
                        + " when dropout.id-type is "
                        + idType
                        + ", but it is "
                        + (id == null ? "null" : "the " + id.getClass().getName() + " " + id)
                        + ".");
    }

    private RefusedRecordException outOfRange(Object id, long step) {
        return new RefusedRecordException(
                "The step of a record must be from 0 to "
                        + Long.toUnsignedString(stepType.max())
                        + " when dropout.step-type is "
                        + stepType
                        + ", but that of id "
                        + id
                        + " is "
                        + step
                        + ".");
    }

    private static byte[] sha256(String id) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(utf8(id));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256 (MessageDigest).", e);
        }
    }

    private static ByteBuffer utf8(String id) {
        CharBuffer characters = CharBuffer.wrap(id);
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(characters);
        } catch (CharacterCodingException e) {
            throw new RefusedRecordException(
                    "The id of a record must have a UTF-8 form, but \""
                            + id
                            + "\" has an unpaired surrogate at index "
                            + characters.position()
                            + ".",
                    e);
        }
    }

    private Object readResolve() {
        return new RecordKeys(config);
    }
}
