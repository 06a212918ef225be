package org.mydropout.job.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Checks for UTF-8 strictly, because JSON parsers skip strings without checking their bytes. */
public final class Utf8 {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** Whether the bytes are well-formed UTF-8. */
    public static boolean isValid(byte[] text) {
        if (isAscii(text)) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Tests eight bytes at a time, which is many times faster. Most lines are ASCII. */
    private static boolean isAscii(byte[] text) {
        int at = 0;
        for (; at <= text.length - Long.BYTES; at += Long.BYTES) {
            if (((long) LONGS.get(text, at) & NOT_ASCII) != 0) {
                return false;
            }
        }
        for (; at < text.length; at++) {
            if (text[at] < 0) {
                return false;
            }
        }
        return true;
    }
}
