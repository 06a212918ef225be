/**
 * The kernel's {@linkplain org.mydropout.kernel.random.BlockLoops loops} with the JDK's Vector API,
 * for JVMs that are started with {@code --add-modules=jdk.incubator.vector}.
 *
 * <p>What belongs here is what needs that module, and nothing else: the module incubates, so what
 * uses it is compiled by itself, and no other package names a class of it. The kernel finds it as a
 * service and goes without it where the module is not there.
 *
 * <p>What is promised: the bits are those of plain Java. All tests of the kernel run with it and
 * without it.
 */
package org.mydropout.vectorapi;
