package org.mydropout.job.connector.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Reads streams of zlib one after the other. Those of the JDK and of commons-compress end after the
 * first, and leave what follows unread.
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

        /** Gives what was read beyond the stream's end back, and frees its memory. */
        private void giveBack() throws IOException {
            int rest = inf.getRemaining();
            ZlibInputStream.this.in.unread(buf, len - rest, rest);
            inf.end();
        }

        @Override
        public void close() throws IOException {
            inf.end(); // which a stream with an inflater of its own would leave to others
            super.close();
        }
    }
}
