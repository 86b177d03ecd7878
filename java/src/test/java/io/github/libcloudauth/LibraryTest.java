package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the native library comes from, and class loaders that know nothing of each other. */
class LibraryTest {
    private static final String FILE = System.mapLibraryName("cloudauth_jni");

    /** Prints the library's version. */
    static final class Program {
        public static void main(String[] arguments) {
            System.out.println(CloudAuth.version());
        }
    }

    /** What a program of its own class loader does: calls that block, futures, callbacks and a provider. */
    public static final class Isolated implements Callable<String> {
        @Override
        public String call() {
            String[] endpoint = System.getProperty("test.endpoint").split(" ");
            CredentialsProvider provider = () -> Credentials.of("emulator-key-id", "emulator-key-secret");
            try (CloudAuthClient client = CloudAuthClient.builder().endpoint(endpoint[0]).credentials(provider).build()) {
                CheckRequest request = CheckRequest.builder("demo", "ekycpro200").returnImage(true).build();
                String blocking = client.checkResult(request).subCode().orElseThrow();
                String later = client.checkResultAsync(request).thenApply(result -> result.subCode().orElseThrow()).join();
                long many = client.checkMany(List.of(request, request)).map(CheckOutcome::get).count();
                CloudAuthException error = client.checkResultAsync(CheckRequest.of("demo", "errorThrottlingApi"))
                    .handle((result, thrown) -> (CloudAuthException) thrown).join();
                return blocking + " " + later + " " + many + " " + error.kind();
            }
        }
    }

    /** Finding H12. */
    @Test
    void theJarHasTheNoticesOfWhatIsLinkedIn() throws IOException {
        Path notices = Jvm.folder(CloudAuth.class).resolve("META-INF/THIRD-PARTY-NOTICES.txt");
        assertTrue(Files.readString(notices).contains("\nring "), notices.toString());
    }

    /** Sees the library and the tests, and nothing else of the application's. */
    private static URLClassLoader loader() throws IOException {
        URL[] urls = {Jvm.folder(CloudAuth.class).toUri().toURL(), Jvm.folder(LibraryTest.class).toUri().toURL()};
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static Object isolated(ClassLoader loader) throws Exception {
        Class<?> program = loader.loadClass(Isolated.class.getName());
        assertNotSame(Isolated.class, program);
        return ((Callable<?>) program.getDeclaredConstructor().newInstance()).call();
    }

    @Test
    void eachClassLoaderHasItsOwn() throws Exception {
        System.setProperty("test.endpoint", Shared.emulator().endpoint());
        for (int turn = 0; turn < 2; turn++) {
            try (URLClassLoader one = loader(); URLClassLoader other = loader()) {
                assertEquals("200 200 2 throttled", isolated(one));
                assertEquals("200 200 2 throttled", isolated(other));
                assertEquals("200 200 2 throttled", new Isolated().call());
            }
        }
    }

    /** Threads of the library go soon after the last call, and hold no class loader from then on. */
    @Test
    void aClassLoaderCanBeCollected() throws Exception {
        System.setProperty("test.endpoint", Shared.emulator().endpoint());
        WeakReference<ClassLoader> loader = used();
        for (int turn = 0; turn < 300 && loader.get() != null; turn++) {
            Shared.collect();
        }
        assertTrue(loader.get() == null, "the class loader is still there");
        assertEquals("200 200 2 throttled", new Isolated().call());
    }

    private static WeakReference<ClassLoader> used() throws Exception {
        try (URLClassLoader loader = loader()) {
            isolated(loader);
            return new WeakReference<>(loader);
        }
    }

    private static Path copy(Path folder) throws IOException {
        Path bundled = Jvm.folder(CloudAuth.class).resolve("META-INF/native/linux-x86_64").resolve(FILE);
        return Files.copy(bundled, folder.resolve(FILE));
    }

    private static String failure(Jvm jvm) throws IOException, InterruptedException {
        Jvm.Ended ended = jvm.run(Program.class.getName());
        assertEquals(1, ended.code);
        String first = ended.err.lines().filter(line -> line.contains("UnsatisfiedLinkError: cloudauth:")).findFirst().orElse(ended.err);
        assertTrue(first.contains("Give the path of " + FILE + " by -Dio.github.libcloudauth.library=PATH"), first);
        return first;
    }

    @Test
    void byPropertyThenByPathThenFromTheJar(@TempDir Path folder, @TempDir Path temporary) throws Exception {
        copy(folder);
        // A folder for temporary files in which nothing can be made shows that the jar's own was not needed.
        String nowhere = "-Djava.io.tmpdir=/nowhere";
        assertEquals("0.1.0\n", new Jvm().option(nowhere).option("-D" + NativeLibrary.PATH + "=" + folder.resolve(FILE)).run(Program.class.getName()).out);
        assertEquals("0.1.0\n", new Jvm().option(nowhere).option("-Djava.library.path=" + folder).run(Program.class.getName()).out);
        assertEquals("0.1.0\n", new Jvm().option("-Djava.io.tmpdir=" + temporary).run(Program.class.getName()).out);
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.filter(path -> !path.getFileName().toString().startsWith("hsperf")).collect(Collectors.toList()));
        }
    }

    @Test
    void anErrorSaysWhatToDo(@TempDir Path folder) throws Exception {
        String path = folder.resolve("none.so").toString();
        assertTrue(failure(new Jvm().option("-D" + NativeLibrary.PATH + "=" + path)).contains("cannot load " + path));
        assertTrue(failure(new Jvm().option("-Dos.arch=riscv64")).contains("this jar holds no native library for linux-riscv64"));
        assertTrue(failure(new Jvm().option("-Djava.io.tmpdir=/nowhere")).contains("cannot be loaded by way of /nowhere"));
        Path broken = Files.writeString(folder.resolve(FILE), "this is no library");
        assertTrue(failure(new Jvm().option("-D" + NativeLibrary.PATH + "=" + broken)).contains("cannot load " + broken));
    }

    /** Fails as often as it is tried, and says so each time. */
    static final class Twice {
        public static void main(String[] arguments) {
            for (int turn = 0; turn < 2; turn++) {
                try {
                    CloudAuthClient.builder().build();
                } catch (UnsatisfiedLinkError failure) {
                    System.out.println(failure.getMessage().contains("no native library for linux-riscv64"));
                }
            }
        }
    }

    @Test
    void theErrorIsTheSameTheSecondTime() throws Exception {
        assertEquals("true\ntrue\n", new Jvm().option("-Dos.arch=riscv64").run(Twice.class.getName()).out);
    }

    /** Finding J2: the version is compiled in; an uber jar's manifest speaks of another program. */
    @Test
    void theManifestOfAnUberJarDoesNotCount(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("uber.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "42.1");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Class<?> of : List.of(CloudAuth.class, LibraryTest.class)) {
                Path root = Jvm.folder(of);
                try (Stream<Path> files = Files.walk(root)) {
                    for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                        out.putNextEntry(new JarEntry(root.relativize(file).toString()));
                        Files.copy(file, out);
                    }
                }
            }
        }
        assertEquals("0.1.0\n", new Jvm().classPath(jar.toString()).run(Program.class.getName()).out);
    }

    /** Finding J7: three times over, each way in. */
    static final class Thrice {
        public static void main(String[] arguments) {
            List<Runnable> ways = List.of(() -> CloudAuthClient.builder().build(), CloudAuth::version,
                () -> CloudAuth.explain("212"), () -> CloudAuth.decode(new byte[0]));
            for (int turn = 0; turn < 3; turn++) {
                for (Runnable way : ways) {
                    try {
                        way.run();
                        System.out.println("loaded");
                    } catch (UnsatisfiedLinkError failure) {
                        System.out.println(failure.getMessage());
                    }
                }
            }
        }
    }

    private static String refusedEachTime(Jvm jvm) throws IOException, InterruptedException {
        Jvm.Ended ended = jvm.run(Thrice.class.getName());
        List<String> said = ended.out.lines().collect(Collectors.toList());
        assertEquals(12, said.size(), ended.toString());
        assertEquals(1, said.stream().distinct().count(), ended.toString());
        assertTrue(said.get(0).startsWith("cloudauth: "), said.get(0));
        return said.get(0);
    }

    @Test
    void aForeignLibraryOfTheSameName(@TempDir Path folder) throws Exception {
        Path foreign = Files.copy(Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("net")), folder.resolve(FILE));
        assertTrue(refusedEachTime(new Jvm().option("-Djava.library.path=" + folder)).contains("is not the one of this jar"));
        assertTrue(refusedEachTime(new Jvm().option("-D" + NativeLibrary.PATH + "=" + foreign)).contains("is not the one of this jar"));
    }

    @Test
    void whatIsNotAllowed(@TempDir Path folder) throws Exception {
        if (Runtime.version().feature() >= 24) {
            Jvm denied = Jvm.plain().option("--illegal-native-access=deny");
            assertTrue(refusedEachTime(denied).contains("--enable-native-access=ALL-UNNAMED"));
        } else {
            Path policy = Files.writeString(folder.resolve("policy"), "grant { };");
            Jvm denied = new Jvm().option("-Djava.security.manager").option("-Djava.security.policy==" + policy);
            assertTrue(refusedEachTime(denied).contains("in a security policy"));
        }
    }

    /** Finding F3: one file by the property, or on the path, and two class loaders. */
    static final class Two {
        public static void main(String[] arguments) throws Exception {
            for (int turn = 0; turn < 2; turn++) {
                URLClassLoader loader = loader();
                Class<?> program = loader.loadClass(Printer.class.getName());
                System.out.println(((Callable<?>) program.getDeclaredConstructor().newInstance()).call());
            }
            System.out.println(CloudAuth.version());
        }
    }

    /** The version, by a class loader of its own. */
    public static final class Printer implements Callable<String> {
        @Override
        public String call() {
            return CloudAuth.version();
        }
    }

    @Test
    void eachClassLoaderGetsACopy(@TempDir Path folder) throws Exception {
        Path library = copy(folder);
        assertEquals("0.1.0\n0.1.0\n0.1.0\n", new Jvm().option("-D" + NativeLibrary.PATH + "=" + library).run(Two.class.getName()).out);
        assertEquals("0.1.0\n0.1.0\n0.1.0\n", new Jvm().option("-Djava.library.path=" + folder).run(Two.class.getName()).out);
        assertEquals("0.1.0\n0.1.0\n0.1.0\n", new Jvm().run(Two.class.getName()).out);
    }

    /** Finding J11: fifty waits under way when the client is closed pin no class loader. */
    public static final class Waits implements Callable<String> {
        @Override
        public String call() {
            CloudAuthClient client = CloudAuthClient.builder().endpoint(System.getProperty("test.endpoint"))
                .accessKeyId("emulator-key-id").accessKeySecret("emulator-key-secret").build();
            for (int person = 0; person < 50; person++) {
                client.waitForResultAsync(CheckRequest.of("demo", "pending1000-no" + person));
            }
            client.close();
            return "closed";
        }
    }

    @Test
    void waitsUnderWayPinNoClassLoader() throws Exception {
        System.setProperty("test.endpoint", Shared.emulator().endpoint());
        WeakReference<ClassLoader> loader = left();
        for (int turn = 0; turn < 300 && loader.get() != null; turn++) {
            Shared.collect();
        }
        assertTrue(loader.get() == null, "the class loader is still there");
    }

    private static WeakReference<ClassLoader> left() throws Exception {
        try (URLClassLoader loader = loader()) {
            Class<?> program = loader.loadClass(Waits.class.getName());
            assertEquals("closed", ((Callable<?>) program.getDeclaredConstructor().newInstance()).call());
            return new WeakReference<>(loader);
        }
    }
}
