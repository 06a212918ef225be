package org.mydropout.job.config;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RestartStrategyOptions.RestartStrategyType;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.state.CheckpointStorageLoader;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.util.DynamicCodeLoadingException;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.file.WritableDirectory;
import org.slf4j.helpers.NOPLogger;

/**
 * Checks Flink's options for restarts, state and checkpoints, which Flink itself reads only after a
 * job has been submitted, or when it fails.
 */
final class RecoveryOptions {

    private static final String DIRECTORY_RULE =
            "a URI with a scheme, file:///mnt/checkpoints for example";

    private final OptionReader options;
    private final Configuration configuration;

    RecoveryOptions(OptionReader options) {
        this.options = options;
        this.configuration = Configuration.fromMap(options.toMap());
    }

    void check() {
        checkRestartStrategy();
        checkStateBackend();
        checkCheckpointStorage();
        checkDirectory(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        checkDirectory(CheckpointingOptions.SAVEPOINT_DIRECTORY);
        checkSavepoint();
    }

    private void checkRestartStrategy() {
        Optional<String> type = options.readable(RestartStrategyOptions.RESTART_STRATEGY);
        if (type.isPresent() && !isRestartStrategy(type.get())) {
            options.mustBe(
                    RestartStrategyOptions.RESTART_STRATEGY,
                    Stream.of(RestartStrategyType.values())
                            .map(RestartStrategyType::getMainValue)
                            .collect(Collectors.joining(", ", "one of ", "")),
                    "'" + type.get() + "'");
        }
    }

    private static boolean isRestartStrategy(String type) {
        return Stream.of(RestartStrategyType.values())
                .anyMatch(
                        known ->
                                known.getAllAvailableValues()
                                        .contains(type.toLowerCase(Locale.ROOT)));
    }

    private void checkStateBackend() {
        try {
            StateBackendLoader.loadStateBackendFromConfig(
                    configuration, getClass().getClassLoader(), NOPLogger.NOP_LOGGER);
        } catch (DynamicCodeLoadingException | IOException | RuntimeException e) {
            options.mustBe(
                    StateBackendOptions.STATE_BACKEND,
                    "hashmap, rocksdb or the class of another state backend's factory",
                    "'" + configuration.get(StateBackendOptions.STATE_BACKEND) + "'");
        }
    }

    private void checkCheckpointStorage() {
        try {
            CheckpointStorageLoader.fromConfig(
                    configuration, getClass().getClassLoader(), NOPLogger.NOP_LOGGER);
        } catch (DynamicCodeLoadingException | RuntimeException e) {
            Optional<String> storage = options.readable(CheckpointingOptions.CHECKPOINT_STORAGE);
            if (storage.isPresent() && !storage.get().equals("filesystem")) {
                options.mustBe(
                        CheckpointingOptions.CHECKPOINT_STORAGE,
                        "jobmanager, filesystem or the class of another storage's factory",
                        "'" + storage.get() + "'");
            } // else of its directory, which is told below
        }
    }

    private void checkDirectory(ConfigOption<String> option) {
        Optional<String> text = options.readable(option);
        if (text.isEmpty()) {
            return;
        }
        try {
            Path path = new Path(text.get());
            if (path.toUri().getScheme() == null) {
                options.mustBe(option, DIRECTORY_RULE, "'" + text.get() + "'");
            } else if (runsHere()) {
                WritableDirectory.problem(path)
                        .ifPresent(
                                problem ->
                                        options.problem(
                                                "%s must be a directory that can be written to, but is %s, and %s."
                                                        .formatted(option.key(), path, problem)));
            }
        } catch (IllegalArgumentException e) { // of a URI that is none
            options.mustBe(option, DIRECTORY_RULE, "'" + text.get() + "'");
        }
    }

    /** A savepoint or checkpoint, or its file of metadata. */
    private void checkSavepoint() {
        Optional<String> text = options.readable(StateRecoveryOptions.SAVEPOINT_PATH);
        if (text.isEmpty() || !runsHere()) {
            return;
        }
        String rule = "the directory of a savepoint or checkpoint, with its file _metadata";
        try {
            Path path = new Path(text.get());
            if (!path.getFileSystem().exists(path)) {
                options.mustBe(
                        StateRecoveryOptions.SAVEPOINT_PATH, rule, path + ", which does not exist");
            } else if (path.getFileSystem().getFileStatus(path).isDir()
                    && !path.getFileSystem().exists(new Path(path, "_metadata"))) {
                options.mustBe(
                        StateRecoveryOptions.SAVEPOINT_PATH,
                        rule,
                        path + ", which holds no _metadata");
            }
        } catch (IOException | IllegalArgumentException e) {
            options.mustBe(StateRecoveryOptions.SAVEPOINT_PATH, rule, "'" + text.get() + "'");
        }
    }

    /** Whether the job runs in this process, and so sees the same directories. */
    private boolean runsHere() {
        return options.readable(DeploymentOptions.TARGET).orElse("local").equals("local");
    }
}
