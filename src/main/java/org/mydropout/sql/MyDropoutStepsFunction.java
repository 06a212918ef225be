package org.mydropout.sql;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.StaticArgumentTrait;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.types.Row;

/**
 * {@code MYDROPOUT_STEPS(input => TABLE t PARTITION BY id ORDER BY time)}: adds a step to each row
 * of a stream.
 *
 * <pre>{@code
 * SELECT id, step, MYDROPOUT(features, 0.1, 42, id, step) AS features
 * FROM MYDROPOUT_STEPS(input => TABLE readings PARTITION BY id ORDER BY (measured, sensor));
 * }</pre>
 *
 * <p>The rows of an id are numbered 0, 1, 2, … by time, whatever their order of arrival: Flink
 * holds a row back until the watermark reaches its time. So another run gives the same steps, under
 * these conditions:
 *
 * <ul>
 *   <li>The columns of ORDER BY distinguish the rows of an id. The first must be a time attribute.
 *       Rows with equal times keep their order of arrival unless further columns distinguish them.
 *   <li>No row arrives after the watermark. Flink drops late rows silently and does not count them,
 *       so the watermark's delay must be generous.
 * </ul>
 *
 * <p>The result has all columns of the table, followed by {@code step BIGINT NOT NULL}. The table
 * must not have a column {@code step}. The state {@code steps} keeps the next step of each id.
 *
 * <p>The function needs Flink 2.3 and a stream: earlier releases do not sort its input, and Flink
 * 2.3 has no batch plan for process table functions. In batch mode, {@code ROW_NUMBER() OVER
 * (PARTITION BY id ORDER BY measured, sensor) - 1} gives the same steps.
 */
@PublicEvolving
public final class MyDropoutStepsFunction extends ProcessTableFunction<Row> {

    private static final long serialVersionUID = 1L;

    private static final String STATE = "steps";
    private static final String NEXT = "next";
    private static final String STEP = "step";

    /** Numbers one row. Flink passes its columns on. */
    public void eval(Row steps, Row input) {
        Long next = steps.getFieldAs(NEXT);
        long step = next == null ? 0 : next;
        steps.setField(NEXT, step + 1);
        collect(Row.of(step));
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        MyDropoutModule.requireOrderBy();
        LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
        DataType next = DataTypes.ROW(DataTypes.FIELD(NEXT, DataTypes.BIGINT()));
        state.put(STATE, StateTypeStrategy.of(TypeStrategies.explicit(next)));
        return TypeInference.newBuilder()
                .staticArguments(
                        StaticArgument.table(
                                "input",
                                Row.class,
                                false,
                                EnumSet.of(
                                        StaticArgumentTrait.SET_SEMANTIC_TABLE,
                                        StaticArgumentTrait.PASS_COLUMNS_THROUGH)))
                .stateTypeStrategies(state)
                .outputTypeStrategy(MyDropoutStepsFunction::resultType)
                .build();
    }

    private static Optional<DataType> resultType(CallContext call) {
        TableSemantics input = call.getTableSemantics(0).orElseThrow();
        if (input.orderByColumns().length == 0) {
            throw new ValidationException(
                    "The input of MYDROPOUT_STEPS must have an ORDER BY that begins with a time"
                            + " attribute, but has none: the steps would depend on the order of"
                            + " arrival.");
        }
        if (DataType.getFieldNames(input.dataType()).contains(STEP)) {
            throw new ValidationException(
                    "The input of MYDROPOUT_STEPS must not have a column 'step', but has one: Flink"
                            + " would name the one with the new steps otherwise.");
        }
        return Optional.of(DataTypes.ROW(DataTypes.FIELD(STEP, DataTypes.BIGINT().notNull())));
    }
}
