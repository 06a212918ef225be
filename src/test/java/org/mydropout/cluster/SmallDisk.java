package org.mydropout.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk of {@value #SIZE} bytes in memory, which a test can fill and empty. Linux alone has it.
 */
final class SmallDisk implements AutoCloseable {

    private static final int SIZE = 16 << 20;

    /** Begins with a dot, so that Flink does not read it. */
    private static final String FILLING = ".filling";

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /**
     * Mounts a disk, and links to it. The test that calls this is skipped if the user may not
     * mount.
     *
     * @param link where the disk appears; it must not exist
     */
    static SmallDisk mount(Path link) throws IOException {
        Path directory = Files.createTempDirectory("small-disk");
        int status =
                status("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", directory.toString());
        assumeTrue(status == 0, "This user may not mount a tmpfs.");
        Files.createSymbolicLink(link, directory);
        return new SmallDisk(directory);
    }

    /** Writes a file until the disk is full. */
    void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(directory.resolve(FILLING))) {
            while (Files.getFileStore(directory).getUsableSpace() > 0) {
                out.write(block);
            }
        } catch (IOException e) {
            // The job has written meanwhile.
            assertThat(e).hasMessage("No space left on device");
        }
    }

    /** Deletes the file that fills the disk. */
    void empty() throws IOException {
        Files.delete(directory.resolve(FILLING));
    }

    /** Unmounts the disk as soon as no process has a file of it open. */
    @Override
    public void close() throws IOException {
        int status = status("umount", "--lazy", directory.toString());
        if (status != 0) {
            throw new IOException("umount ended with %d.".formatted(status));
        }
        Files.delete(directory);
    }

    private static int status(String... command) throws IOException {
        return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
    }
}
