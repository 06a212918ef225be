package org.mydropout.bench;

import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;

/** Flink's own mini cluster, for all jobs of a benchmark. */
final class Cluster implements AutoCloseable {

    /** The heap of its JVM. */
    static final String HEAP = "-Xmx2g";

    /** The package that Flink's scripts open to its serializers. */
    static final String OPEN_LANG = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    static final String OPEN_UTIL = "--add-opens=java.base/java.util=ALL-UNNAMED";

    private final int subtasks;
    private final MiniCluster cluster;

    /** Starts a cluster with a slot for each subtask. */
    Cluster(int subtasks, Configuration settings) throws Exception {
        this.subtasks = subtasks;
        this.cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(onAnyPort(settings))
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(subtasks)
                                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                                .build());
        cluster.start();
    }

    /** Two benchmarks may run at once. */
    private static Configuration onAnyPort(Configuration settings) {
        Configuration configuration = new Configuration(settings);
        configuration.set(RestOptions.BIND_PORT, "0");
        return configuration;
    }

    StreamExecutionEnvironment environment(Configuration configuration) {
        return new TestStreamEnvironment(cluster, configuration, subtasks, List.of(), List.of());
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
