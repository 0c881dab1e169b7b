package io.crois.runtime.bundle;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** What a class names: other classes, and methods that it calls or passes on. */
final class References {
    private static final int API = Opcodes.ASM9;

    private References() {}

    /**
     * Tells what a class names.
     *
     * @param methods which of its methods are read
     * @param types is told each class, by its internal name
     * @param calls is told the owner and the name of each method
     */
    static void in(byte[] bytes, Predicate<String> methods, Consumer<String> types, BiConsumer<String, String> calls) {
        Remapper collector = new Remapper(API) {
            @Override
            public String map(String internalName) {
                types.accept(internalName);
                return internalName;
            }

            @Override
            public Object mapValue(Object value) {
                if (value instanceof Handle handle) {
                    calls.accept(handle.getOwner(), handle.getName());
                }
                return super.mapValue(value);
            }
        };
        ClassVisitor remapper = new ClassRemapper(API, new Methods(), collector) {
            @Override
            public void visitInnerClass(String name, @Nullable String outer, @Nullable String inner, int access) {
                // Also names those that only methods left out use.
            }
        };
        new ClassReader(bytes).accept(calling(remapper, methods, calls), ClassReader.SKIP_DEBUG);
    }

    private static ClassVisitor calling(
            ClassVisitor next, Predicate<String> methods, BiConsumer<String, String> calls) {
        return new ClassVisitor(API, next) {
            @Override
            public @Nullable MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                if (!methods.test(name)) {
                    return null;
                }
                return new MethodVisitor(API, super.visitMethod(access, name, descriptor, signature, exceptions)) {
                    @Override
                    public void visitMethodInsn(
                            int opcode, String owner, String method, String type, boolean isInterface) {
                        calls.accept(owner, method);
                        super.visitMethodInsn(opcode, owner, method, type, isInterface);
                    }
                };
            }
        };
    }

    /** Takes every method, so that what it names is told; keeps nothing. */
    private static final class Methods extends ClassVisitor {
        Methods() {
            super(API);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new MethodVisitor(API) {};
        }
    }

    /** Returns the names of the methods that a class declares. */
    static Set<String> methods(ClassReader reader) {
        Set<String> names = new HashSet<>();
        reader.accept(
                new ClassVisitor(API) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        names.add(name);
                        return null;
                    }
                },
                ClassReader.SKIP_CODE);
        return names;
    }

    /**
     * Returns a class without some of its methods, without the constants that only these used, and without the names of
     * local variables.
     */
    static byte[] without(byte[] bytes, Predicate<String> methods) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes)
                .accept(
                        new ClassVisitor(API, writer) {
                            @Override
                            public @Nullable MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                return methods.test(name)
                                        ? null
                                        : new Nameless(
                                                super.visitMethod(access, name, descriptor, signature, exceptions));
                            }
                        },
                        0);
        return writer.toByteArray();
    }

    /** A method without the names of its local variables. */
    private static final class Nameless extends MethodVisitor {
        Nameless(MethodVisitor next) {
            super(API, next);
        }

        @Override
        public void visitLocalVariable(
                String name, String descriptor, @Nullable String signature, Label start, Label end, int index) {
            // Left out.
        }
    }
}
