/**
 * Dropout as a Flink operator: {@link org.mydropout.flink.DropoutMapFunction}, its options, and a
 * ready-made record type with its serializers.
 *
 * <p>Belongs here: what ties the kernel to Flink's DataStream API. Does not belong here: arithmetic
 * (see {@link org.mydropout.kernel}), and sources, sinks, decoding and the command line, which are
 * the job's.
 *
 * <p>Every public type carries one of Flink's annotations, {@code PublicEvolving}, {@code
 * Experimental} or {@code Internal}, with the meaning that it has in Flink. Further promises:
 *
 * <ul>
 *   <li>The keys of {@link org.mydropout.kernel.flax.RecordKeys} and the meaning of every {@code
 *       dropout.*} option never change: the same configuration gives the same bits in every
 *       version.
 *   <li>The state names {@code dropout-step} and {@code dropout-last-step} and what they hold, a
 *       {@code Long} through Flink's own serializer, are API: a savepoint of one version restores
 *       in the next. The uid of the operator is the user's; the project's own jobs call it {@code
 *       dropout}.
 *   <li>Every byte format has a version, and an unknown one is refused with a sentence: {@link
 *       org.mydropout.flink.FeatureVectorSerializerSnapshot}, {@link
 *       org.mydropout.flink.FeatureVectorKryoSerializer}. Older versions stay readable.
 *   <li>The names of the metrics ({@link org.mydropout.flink.DropoutMetrics}) stay.
 * </ul>
 *
 * <p>Notes for developers: never write to an input record or array, because with object reuse
 * another branch may be reading it. Let no state go through Kryo, because Flink does not notice
 * there that a serializer has changed.
 */
package org.mydropout.flink;
