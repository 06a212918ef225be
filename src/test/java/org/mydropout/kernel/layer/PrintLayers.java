package org.mydropout.kernel.layer;

import java.util.stream.Collectors;

/**
 * Prints the Python code of all layer types, of sample and split. This is the file {@code
 * layers.py} among the golden vectors:
 *
 * <pre>{@code
 * mvn -q test-compile exec:exec@test -Dmain=org.mydropout.kernel.layer.PrintLayers
 * }</pre>
 */
final class PrintLayers {

    private PrintLayers() {}

    public static void main(String[] args) {
        System.out.print(python());
    }

    static String python() {
        return LayerType.PYTHON_IMPORTS
                + "\n\n"
                + LayerType.ALL.stream()
                        .map(LayerType::python)
                        .collect(Collectors.joining("\n\n", "", "\n\n"))
                + Sample.PYTHON
                + "\n\n"
                + Split.PYTHON
                + "\n\n"
                + LayerType.PYTHON_APPLY;
    }
}
