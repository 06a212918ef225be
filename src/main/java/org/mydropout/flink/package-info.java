/**
 * Dropout as a Flink operator: {@link org.mydropout.flink.DropoutMapFunction}, its options, and a
 * ready-made record type with its serializers.
 *
 * <p>What belongs here is what ties the kernel to Flink's DataStream API. The arithmetic is the
 * kernel's; sources, sinks, decoding and the command line belong to the job.
 *
 * <p>Promises, beside those of the annotations of Flink that each type carries:
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
 * <p>Notes for developers: an input record or array is never written to, because with object reuse
 * another branch may be reading it. No state goes through Kryo: Flink does not notice there that a
 * serializer has changed.
 */
package org.mydropout.flink;
