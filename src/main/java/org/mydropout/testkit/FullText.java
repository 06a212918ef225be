package org.mydropout.testkit;

import java.util.Collection;
import org.apache.commons.lang3.builder.RecursiveToStringStyle;

/** Shows a record in full, whatever its class makes of {@code toString}: fields, arrays, lists. */
@SuppressWarnings("JdkObsolete") // The style's methods take a StringBuffer.
final class FullText extends RecursiveToStringStyle {
    private static final long serialVersionUID = 1L;

    private static final FullText STYLE = new FullText();

    private FullText() {
        setUseShortClassName(true);
        setUseIdentityHashCode(false);
        setFieldSeparator(", ");
        setArrayStart("[");
        setArraySeparator(", ");
        setArrayEnd("]");
    }

    static String of(Object record) {
        StringBuffer text = new StringBuffer();
        try {
            STYLE.appendInternal(text, null, record, true);
        } catch (RuntimeException e) { // a class that is not open to reflection
            return String.valueOf(record);
        }
        return text.toString();
    }

    @Override
    protected void appendDetail(StringBuffer buffer, String fieldName, Collection<?> elements) {
        appendDetail(buffer, fieldName, elements.toArray());
    }

    /** The classes of the platform, and enums, show themselves. */
    @Override
    protected boolean accept(Class<?> type) {
        return !type.getModule().isNamed() && !type.isEnum();
    }
}
