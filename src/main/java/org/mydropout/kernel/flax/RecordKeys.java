package org.mydropout.kernel.flax;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mydropout.kernel.random.PrngKey;

/**
 * The keys of records. A record's key is the base key with first the words of the id and then the
 * words of the step folded in. In Python, for {@code uint32}:
 *
 * <pre>{@code
 * key = jax.random.fold_in(jax.random.fold_in(jax.random.key(seed), id), step)
 * }</pre>
 *
 * <p>Every method refuses an id or a step outside the range of its type with an {@link
 * IllegalArgumentException}, and never wraps it:
 *
 * <ul>
 *   <li>an id of {@link IdType#UINT32} must be from 0 to 2^32-1, and a step from 0 to {@link
 *       StepType#max()};
 *   <li>a string id must not be null and must have a UTF-8 form;
 *   <li>an id must be a string if and only if the type is {@link IdType#STRING}.
 * </ul>
 *
 * @param base the key of the seed
 */
public record RecordKeys(PrngKey base, IdType idType, StepType stepType) {

    private static final long MAX_UINT32 = 0xFFFF_FFFFL;

    /**
     * One call of {@code fold_in}.
     *
     * @param part the part of the record that the word comes from
     * @param word the word that is folded in, from 0 to 2^32-1
     * @param key the key after it
     */
    public record Fold(Part part, long word, PrngKey key) {}

    /** The parts of a record that its key depends on. */
    public enum Part {
        ID,
        STEP
    }

    /** Checks that nothing is null. */
    public RecordKeys {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(idType, "idType");
        Objects.requireNonNull(stepType, "stepType");
    }

    /** The key of a record with an integer id. */
    public PrngKey key(long id, long step) {
        check(id, step);
        return key(id, idType == IdType.UINT64, step);
    }

    /** The key of a record with a string id. */
    public PrngKey key(String id, long step) {
        ByteBuffer text = utf8(id);
        if (!stepType.contains(step)) {
            throw outOfRange(step, id);
        }
        return key(hash(text), true, step);
    }

    /** The folds from the base key to {@link #key(long, long)}, in order. */
    public List<Fold> folds(long id, long step) {
        check(id, step);
        return folds(id, idType == IdType.UINT64, step);
    }

    /** The folds from the base key to {@link #key(String, long)}, in order. */
    public List<Fold> folds(String id, long step) {
        ByteBuffer text = utf8(id);
        if (!stepType.contains(step)) {
            throw outOfRange(step, id);
        }
        return folds(hash(text), true, step);
    }

    /** Refuses what {@link #key(long, long)} refuses. */
    public void check(long id, long step) {
        if (idType == IdType.STRING) {
            throw new IllegalArgumentException(
                    "The id of a record must be a string when id-type is string, but is the integer "
                            + id
                            + ".");
        }
        if (idType == IdType.UINT32 && (id < 0 || id > MAX_UINT32)) {
            throw new IllegalArgumentException(
                    "The id of a record must be from 0 to 4294967295 when id-type is uint32, but is "
                            + id
                            + ".");
        }
        if (!stepType.contains(step)) {
            throw outOfRange(step, id);
        }
    }

    /** Refuses what {@link #key(String, long)} refuses. */
    public void check(String id, long step) {
        utf8(id);
        if (!stepType.contains(step)) {
            throw outOfRange(step, id);
        }
    }

    private PrngKey key(long id, boolean twoIdWords, long step) {
        return fold(fold(base, id, twoIdWords), step, stepType == StepType.UINT64);
    }

    private static PrngKey fold(PrngKey key, long value, boolean twoWords) {
        PrngKey folded = twoWords ? key.foldWord((int) (value >>> Integer.SIZE)) : key;
        return folded.foldWord((int) value);
    }

    private List<Fold> folds(long id, boolean twoIdWords, long step) {
        List<Fold> folds = new ArrayList<>();
        PrngKey idKey = addFolds(folds, Part.ID, base, id, twoIdWords);
        addFolds(folds, Part.STEP, idKey, step, stepType == StepType.UINT64);
        return List.copyOf(folds);
    }

    private static PrngKey addFolds(
            List<Fold> folds, Part part, PrngKey from, long value, boolean twoWords) {
        PrngKey key = from;
        for (int shift = twoWords ? Integer.SIZE : 0; shift >= 0; shift -= Integer.SIZE) {
            long word = value >>> shift & MAX_UINT32;
            key = key.foldIn(word);
            folds.add(new Fold(part, word, key));
        }
        return key;
    }

    private IllegalArgumentException outOfRange(long step, Object id) {
        return new IllegalArgumentException(
                "The step of a record must be from 0 to "
                        + Long.toUnsignedString(stepType.max())
                        + " when step-type is "
                        + stepType
                        + ", but that of id "
                        + id
                        + " is "
                        + step
                        + ".");
    }

    private ByteBuffer utf8(String id) {
        if (idType != IdType.STRING || id == null) {
            throw new IllegalArgumentException(
                    "The id of a record must be "
                            + (idType == IdType.STRING ? "a string" : "an integer")
                            + " when id-type is "
                            + idType
                            + ", but is "
                            + (id == null ? "null" : "the string '" + id + "'")
                            + ".");
        }
        CharBuffer characters = CharBuffer.wrap(id);
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(characters);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "The id of a record must have a UTF-8 form, but '"
                            + id
                            + "' has an unpaired surrogate at index "
                            + characters.position()
                            + ".",
                    e);
        }
    }

    /** The first eight bytes, big-endian, of the SHA-256. */
    private static long hash(ByteBuffer utf8) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(utf8);
            return ByteBuffer.wrap(sha256.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256 (MessageDigest).", e);
        }
    }
}
