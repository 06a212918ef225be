package org.mydropout.job.connector.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Reads several zlib streams one after the other. The streams of the JDK and commons-compress end
 * after the first.
 */
final class ZlibInputStream extends InputStream {

    private final PushbackInputStream in;
    private Member member;

    ZlibInputStream(InputStream in) {
        this.in = new PushbackInputStream(in, Member.BUFFER_SIZE);
        this.member = new Member();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (true) {
            int count = member.read(bytes, offset, length);
            if (count >= 0) {
                return count;
            }
            member.giveBack();
            int next = in.read();
            if (next < 0) {
                return -1;
            }
            in.unread(next);
            member = new Member();
        }
    }

    @Override
    public void close() throws IOException {
        member.close();
    }

    /** One stream. */
    private final class Member extends InflaterInputStream {
        private static final int BUFFER_SIZE = 512;

        private Member() {
            super(ZlibInputStream.this.in, new Inflater(), BUFFER_SIZE);
        }

        /** Pushes back the bytes after the end of the stream, and frees the inflater. */
        private void giveBack() throws IOException {
            int rest = inf.getRemaining();
            ZlibInputStream.this.in.unread(buf, len - rest, rest);
            inf.end();
        }

        @Override
        public void close() throws IOException {
            inf.end(); // a stream that was given its inflater does not end it
            super.close();
        }
    }
}
