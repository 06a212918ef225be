package org.mydropout.job.pipeline;

import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.mydropout.flink.IdType;
import org.mydropout.job.config.JobConfig;
import org.mydropout.job.record.DeadLetterEncoder;
import org.mydropout.job.record.Format;
import org.mydropout.job.record.LineRecord;
import org.mydropout.job.record.LineSource;
import org.mydropout.job.record.RecordEncoder;

/** The job's topology: source, decode, key by id, dropout, sink; dead letters beside it. */
public final class AugmentPipeline {

    private AugmentPipeline() {}

    /** Adds the job's operators to an environment. */
    public static void build(StreamExecutionEnvironment environment, JobConfig config) {
        LineSource source = config.source();
        Format format = source.format();
        SingleOutputStreamOperator<LineRecord> records =
                environment
                        .fromSource(source.source(), WatermarkStrategy.noWatermarks(), "source")
                        .uid("source")
                        .process(
                                new DecodeFunction(
                                        config.schema(),
                                        source.header().orElse(null),
                                        config.copies().orElse(null),
                                        !config.sink().writesMessages(),
                                        config.deadLetter().isPresent()))
                        .name("decode")
                        .uid("decode");
        keyById(records, config.schema().idType())
                .map(new CountedDropout(config.dropout()))
                .returns(LineRecord.class)
                .name("dropout")
                .uid("dropout")
                .sinkTo(
                        config.sink()
                                .sink(format, config.outputHeader(), new RecordEncoder(format)))
                .name("sink")
                .uid("sink");
        config.deadLetter()
                .ifPresent(
                        deadLetter ->
                                records.getSideOutput(DecodeFunction.DEAD_LETTERS)
                                        .sinkTo(
                                                deadLetter.sink(
                                                        Format.JSON,
                                                        Optional.empty(),
                                                        new DeadLetterEncoder()))
                                        .name("dead-letter")
                                        .uid("dead-letter"));
    }

    private static KeyedStream<LineRecord, ?> keyById(
            SingleOutputStreamOperator<LineRecord> records, IdType idType) {
        if (idType == IdType.STRING) {
            return records.keyBy(LineRecord::name);
        }
        return records.keyBy(record -> record.vector().id());
    }
}
