/**
 * Dropout and the other layers as a Flink operator: {@link org.mydropout.flink.DropoutMapFunction},
 * its options, and a ready-made record type with its serializers. {@link
 * org.mydropout.flink.DropoutConfig#transform()} is the one way from options to draws.
 *
 * <p>Belongs here: everything that connects the kernel to Flink's DataStream API. Does not belong
 * here: arithmetic (see {@link org.mydropout.kernel}), and sources, sinks, decoding and the command
 * line (see {@code org.mydropout.job}).
 *
 * <p>Promises: every public type carries one of Flink's annotations {@code PublicEvolving}, {@code
 * Experimental} and {@code Internal}, with Flink's meaning. Further promises:
 *
 * <ul>
 *   <li>The keys of {@link org.mydropout.kernel.flax.RecordKeys} and the meaning of every {@code
 *       dropout.*} option never change: the same configuration gives the same bits in every
 *       version.
 *   <li>The state names {@code dropout-step} and {@code dropout-last-step} and their type, a {@code
 *       Long} with Flink's own serializer, are API: a savepoint of one version restores in the
 *       next. The user chooses the uid of the operator; the project's own jobs use {@code dropout}.
 *   <li>Every byte format has a version, and an unknown one is refused with a sentence: {@link
 *       org.mydropout.flink.FeatureVectorSerializerSnapshot}, {@link
 *       org.mydropout.flink.FeatureVectorKryoSerializer}. Older versions stay readable.
 *   <li>The names of the metrics ({@link org.mydropout.flink.DropoutMetrics}) stay.
 * </ul>
 *
 * <p>Notes for developers: never write to an input record or array, because with object reuse
 * another branch may be reading it. Keep Kryo out of state, because Flink does not detect a changed
 * Kryo serializer.
 */
package org.mydropout.flink;
