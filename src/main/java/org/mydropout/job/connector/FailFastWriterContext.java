package org.mydropout.job.connector;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * The context of a writer whose mails obey a {@link FailureRule}, too: a writer that sends in the
 * background, as Kafka's does, reports a failure in a mail.
 */
record FailFastWriterContext(WriterInitContext context, FailureRule rule)
        implements WriterInitContext {

    @Override
    public MailboxExecutor getMailboxExecutor() {
        return new Mailbox(context.getMailboxExecutor(), rule);
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return context.getUserCodeClassLoader();
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
        return context.getProcessingTimeService();
    }

    @Override
    public SinkWriterMetricGroup metricGroup() {
        return context.metricGroup();
    }

    @Override
    public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
        return context.asSerializationSchemaInitializationContext();
    }

    @Override
    public boolean isObjectReuseEnabled() {
        return context.isObjectReuseEnabled();
    }

    @Override
    public <T> TypeSerializer<T> createInputSerializer() {
        return context.createInputSerializer();
    }

    @Override
    public <M> Optional<Consumer<M>> metadataConsumer() {
        return context.metadataConsumer();
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return context.getRestoredCheckpointId();
    }

    @Override
    public JobInfo getJobInfo() {
        return context.getJobInfo();
    }

    @Override
    public TaskInfo getTaskInfo() {
        return context.getTaskInfo();
    }

    private record Mailbox(MailboxExecutor executor, FailureRule rule) implements MailboxExecutor {

        @Override
        public void execute(
                MailOptions options,
                ThrowingRunnable<? extends Exception> command,
                String description,
                Object... arguments) {
            executor.execute(options, () -> run(command::run), description, arguments);
        }

        private void run(ThrowingRunnable<Exception> command) throws Exception {
            try {
                command.run();
            } catch (IOException | RuntimeException e) {
                throw rule.rethrow(e);
            }
        }

        @Override
        public void yield() throws InterruptedException {
            executor.yield();
        }

        @Override
        public boolean tryYield() {
            return executor.tryYield();
        }

        @Override
        public boolean shouldInterrupt() {
            return executor.shouldInterrupt();
        }
    }
}
