package io.github.libcloudauth;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/**
 * Finds and loads the native library, once for each class loader. Nothing of it happens in a static initializer: one that fails
 * hides its reason behind {@link NoClassDefFoundError} from the second time on.
 */
final class NativeLibrary {
    /** The version of both halves; {@code cargo xtask version} holds it against the others. */
    static final String VERSION = "0.1.0";

    /** A system property: the path of the library to load, and no other. */
    static final String PATH = "io.github.libcloudauth.library";

    private static final String NAME = "cloudauth_jni";

    private static volatile boolean loaded;
    private static UnsatisfiedLinkError failure;

    private NativeLibrary() {}

    /** Has it loaded, or throws, each time anew, what kept it from that. */
    static void require() {
        if (!loaded) {
            load();
        }
    }

    private static synchronized void load() {
        if (loaded) {
            return;
        }
        if (failure == null) {
            try {
                find();
                fits();
                loaded = true;
                return;
            } catch (UnsatisfiedLinkError refused) {
                failure = refused;
            }
        }
        UnsatisfiedLinkError again = new UnsatisfiedLinkError(failure.getMessage());
        again.initCause(failure.getCause());
        throw again;
    }

    /** Whether what was loaded is the other half of this jar, and not somebody else's library of that name. */
    private static void fits() {
        String version;
        try {
            version = Reply.of(Native.version()).value(WireReader::text);
        } catch (UnsatisfiedLinkError foreign) {
            throw failure("the library " + System.mapLibraryName(NAME) + " that was found is not the one of this jar", foreign);
        }
        if (!version.equals(VERSION)) {
            throw failure("the native library is of version " + version + ", and the jar of " + VERSION, null);
        }
    }

    private static void find() {
        try {
            String path = System.getProperty(PATH);
            if (path != null) {
                byPath(Path.of(path).toAbsolutePath(), "which the system property " + PATH + " names");
                return;
            }
        } catch (RuntimeException refused) {
            throw failure("cannot load what the system property " + PATH + " names", refused);
        }
        try {
            System.loadLibrary(NAME);
        } catch (UnsatisfiedLinkError absent) {
            elsewhere();
        } catch (RuntimeException refused) {
            // A security manager, or --illegal-native-access=deny.
            throw failure("the native library cannot be loaded", refused);
        }
    }

    /** Not on {@code java.library.path}, or another class loader has it: a copy of that one, or of the jar's own, will do. */
    private static void elsewhere() {
        for (String folder : System.getProperty("java.library.path", "").split(File.pathSeparator)) {
            Path file = Path.of(folder, System.mapLibraryName(NAME)).toAbsolutePath();
            if (Files.isRegularFile(file)) {
                byPath(file, "which stands on java.library.path");
                return;
            }
        }
        bundled();
    }

    /** The virtual machine loads a file for one class loader alone; another one gets a copy. */
    private static void byPath(Path path, String why) {
        try {
            System.load(path.toString());
        } catch (UnsatisfiedLinkError | RuntimeException refused) {
            try (InputStream library = Files.newInputStream(path)) {
                extractAndLoad(library);
            } catch (UnsatisfiedLinkError | IOException | RuntimeException neither) {
                throw failure("cannot load " + path + ", " + why, refused);
            }
        }
    }

    private static void bundled() {
        String platform = platform();
        String resource = "/META-INF/native/" + platform + "/" + System.mapLibraryName(NAME);
        try (InputStream library = NativeLibrary.class.getResourceAsStream(resource)) {
            if (library == null) {
                throw failure("this jar holds no native library for " + platform, null);
            }
            try {
                extractAndLoad(library);
            } catch (UnsatisfiedLinkError | IOException | RuntimeException refused) {
                throw failure("the native library for " + platform + " in this jar cannot be loaded by way of "
                    + System.getProperty("java.io.tmpdir") + " (mounted noexec, perhaps?)", refused);
            }
        } catch (IOException | RuntimeException refused) {
            throw failure("the native library for " + platform + " in this jar cannot be read", refused);
        }
    }

    /** The file is only there while it is loaded, in a folder that nobody else can look into. */
    private static void extractAndLoad(InputStream library) throws IOException {
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path folder = Files.createTempDirectory("cloudauth-", ownerOnly);
        Path extracted = folder.resolve(System.mapLibraryName(NAME));
        try {
            Files.copy(library, extracted);
            System.load(extracted.toString());
        } finally {
            Files.deleteIfExists(extracted);
            Files.deleteIfExists(folder);
        }
    }

    private static String platform() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(" ", "") + "-" + ("amd64".equals(arch) ? "x86_64" : arch);
    }

    private static UnsatisfiedLinkError failure(String what, Throwable cause) {
        String why = cause == null ? "" : ": " + cause.getMessage();
        String hint = cause instanceof UnsatisfiedLinkError || cause instanceof IOException || cause == null
            ? "Give the path of " + System.mapLibraryName(NAME) + " by -D" + PATH + "=PATH, or put it on java.library.path."
            : "Allow this library native code: --enable-native-access=ALL-UNNAMED, and loadLibrary in a security policy.";
        UnsatisfiedLinkError failure = new UnsatisfiedLinkError("cloudauth: " + what + why + ". " + hint);
        failure.initCause(cause);
        return failure;
    }
}
