package org.mydropout.job;

import org.mydropout.flink.FlinkRelease;
import org.mydropout.job.config.Provenance;
import org.mydropout.kernel.layer.MyDropout;
import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}. */
final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "flink-mydropout " + Provenance.version(),
            "Flink " + FlinkRelease.current(),
            "Java %s, %s".formatted(Runtime.version(), System.getProperty("java.vm.name")),
            MyDropout.usesVectorApi()
                    ? "Vector API: in use"
                    : "Vector API: not in use; java --add-modules=jdk.incubator.vector switches it on"
        };
    }
}
