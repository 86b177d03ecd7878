package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;

/** Finding J12: the library is a module, alone and beside those whose annotations it carries. */
class ModuleTest {
    private static final String LIBRARY = Jvm.folder(CloudAuth.class).toString();
    private static final String BUILT = "CheckResult.builder().passed(true).subCode(\"200\").build()";

    @TempDir
    Path folder;

    @Test
    void aProgramIsLinkedWithItAlone() throws IOException, InterruptedException {
        String path = program("", "System.out.println(" + BUILT + ".decision().action());", LIBRARY);
        Path image = folder.resolve("image");
        run("jlink", "--module-path", path, "--add-modules", "app", "--output", image.toString());
        assertEquals("accept\n", started(new Jvm().home(image)));
    }

    @Test
    void jacksonAndJUnitReachWhatTheyNeed() throws IOException, InterruptedException {
        String others = Stream.of(ObjectMapper.class, JsonFactory.class, JsonValue.class, Test.class, JUnitException.class,
                AssertionFailedError.class, API.class)
            .map(of -> Jvm.folder(of).toString())
            .collect(Collectors.joining(":"));
        String path = program("requires com.fasterxml.jackson.databind; requires org.junit.jupiter.api;",
            "System.out.println(new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(" + BUILT + ").get(\"passed\"));"
                + "Class<?> extension = io.github.libcloudauth.testing.CloudAuthEmulator.class"
                + ".getAnnotation(org.junit.jupiter.api.extension.ExtendWith.class).value()[0];"
                + "System.out.println(org.junit.platform.commons.support.ReflectionSupport.newInstance(extension).getClass().getSimpleName());",
            LIBRARY + ":" + others);
        assertEquals("true\nEmulatorExtension\n", started(new Jvm().option("--module-path").option(path)));
    }

    /** Compiles a module {@code app}, as strict programs do, and gives its module path. */
    private String program(String requires, String body, String path) throws IOException {
        Path module = Files.writeString(folder.resolve("module-info.java"), "module app { requires io.github.libcloudauth; " + requires + " }");
        Path main = Files.writeString(folder.resolve("Main.java"), "package app; import io.github.libcloudauth.*; public class Main {"
            + " public static void main(String[] arguments) { " + body + " } }");
        String classes = folder.resolve("classes").toString();
        run("javac", "-Xlint:all", "-Werror", "--module-path", path, "-d", classes, module.toString(), main.toString());
        return classes + ":" + path;
    }

    private static void run(String tool, String... arguments) {
        assertEquals(0, ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments), tool);
    }

    private static String started(Jvm jvm) throws IOException, InterruptedException {
        Jvm.Ended ended = jvm.classPath("").run("--module", "app/app.Main");
        assertEquals(0, ended.code, ended.toString());
        return ended.out;
    }
}
