package org.mydropout.job.connector.kafka;

import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A broker in this process, shared by all test classes. */
public final class KafkaBroker extends Broker implements BeforeAllCallback {

    private KafkaClusterTestKit kit;

    @Override
    public void beforeAll(ExtensionContext context) {
        // JUnit closes it after all tests.
        kit =
                context.getRoot()
                        .getStore(ExtensionContext.Namespace.GLOBAL)
                        .getOrComputeIfAbsent(
                                KafkaClusterTestKit.class,
                                key -> started(),
                                KafkaClusterTestKit.class);
    }

    private static KafkaClusterTestKit started() {
        try {
            KafkaClusterTestKit kit =
                    new KafkaClusterTestKit.Builder(
                                    new TestKitNodes.Builder()
                                            .setCombined(true)
                                            .setNumBrokerNodes(1)
                                            .setNumControllerNodes(1)
                                            .build())
                            .setConfigProp("offsets.topic.replication.factor", "1")
                            .setConfigProp("offsets.topic.num.partitions", "1")
                            .setConfigProp("transaction.state.log.replication.factor", "1")
                            .setConfigProp("transaction.state.log.min.isr", "1")
                            .setConfigProp("transaction.state.log.num.partitions", "1")
                            .setConfigProp("group.initial.rebalance.delay.ms", "0")
                            .setConfigProp("auto.create.topics.enable", "false")
                            // Messages of tests have old timestamps.
                            .setConfigProp("log.retention.ms", "-1")
                            .build();
            kit.format();
            kit.startup();
            kit.waitForReadyBrokers();
            return kit;
        } catch (Exception e) { // declared by the kit
            throw new IllegalStateException("The broker did not start.", e);
        }
    }

    @Override
    public String servers() {
        return kit.bootstrapServers();
    }
}
