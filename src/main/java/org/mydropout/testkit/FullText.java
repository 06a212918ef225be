package org.mydropout.testkit;

import java.util.Collection;
import org.apache.commons.lang3.builder.RecursiveToStringStyle;

/**
 * Shows a record in full, with its fields, arrays and lists, whatever {@code toString} its class
 * has.
 */
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
        } catch (RuntimeException e) { // a class that reflection may not open
            return String.valueOf(record);
        }
        return text.toString();
    }

    @Override
    protected void appendDetail(StringBuffer buffer, String fieldName, Collection<?> elements) {
        appendDetail(buffer, fieldName, elements.toArray());
    }

    /** Classes of the platform and enums are shown by their own toString. */
    @Override
    protected boolean accept(Class<?> type) {
        return !type.getModule().isNamed() && !type.isEnum();
    }
}
