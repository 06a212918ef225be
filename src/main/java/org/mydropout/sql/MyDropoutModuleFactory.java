package org.mydropout.sql;

import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModuleFactory;
import org.apache.flink.table.module.Module;

/** Creates {@link MyDropoutModule} for Flink. */
@Internal
public final class MyDropoutModuleFactory implements ModuleFactory {

    /** The name in {@code LOAD MODULE}. */
    static final String IDENTIFIER = "mydropout";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public Module createModule(Context context) {
        FactoryUtil.createModuleFactoryHelper(this, context).validate();
        return new MyDropoutModule(context.getConfiguration());
    }
}
