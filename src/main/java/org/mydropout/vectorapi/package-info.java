/**
 * The kernel's loops, those of {@link org.mydropout.kernel.random.BlockLoops}, {@link
 * org.mydropout.kernel.random.ErfInvLoops} and {@link org.mydropout.kernel.layer.SelectionLoops},
 * with the JDK's Vector API, for JVMs that are started with {@code
 * --add-modules=jdk.incubator.vector}.
 *
 * <p>Belongs here: only code that needs that module. The module incubates, so no other package
 * names these classes. The kernel finds it with {@link java.util.ServiceLoader} and uses plain Java
 * where the module is absent.
 *
 * <p>Promises: the bits are those of plain Java. All tests of the kernel run with and without it.
 */
package org.mydropout.vectorapi;
