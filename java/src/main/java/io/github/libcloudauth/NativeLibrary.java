package io.github.libcloudauth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** Finds and loads the native library, once for each class loader. */
final class NativeLibrary {
    /** A system property: the path of the library to load, and no other. */
    static final String PATH = "io.github.libcloudauth.library";

    private static final String NAME = "cloudauth_jni";

    private static final UnsatisfiedLinkError FAILURE = find();

    private NativeLibrary() {}

    /** Has it loaded, or throws, each time anew, what kept it from that. */
    static void require() {
        if (FAILURE != null) {
            UnsatisfiedLinkError failure = new UnsatisfiedLinkError(FAILURE.getMessage());
            failure.initCause(FAILURE.getCause());
            throw failure;
        }
    }

    private static UnsatisfiedLinkError find() {
        UnsatisfiedLinkError failure = load();
        String expected = NativeLibrary.class.getPackage().getImplementationVersion();
        if (failure != null || expected == null) {
            return failure;
        }
        String version = Reply.of(Native.version()).value(WireReader::text);
        return version.equals(expected)
            ? null
            : failure("the native library is of version " + version + ", and the jar of " + expected, null);
    }

    private static UnsatisfiedLinkError load() {
        String path = System.getProperty(PATH);
        if (path != null) {
            try {
                System.load(Path.of(path).toAbsolutePath().toString());
                return null;
            } catch (UnsatisfiedLinkError | RuntimeException refused) {
                return failure("cannot load " + path + ", which the system property " + PATH + " names", refused);
            }
        }
        try {
            System.loadLibrary(NAME);
            return null;
        } catch (UnsatisfiedLinkError absent) {
            // Not on java.library.path, or another class loader has it: the jar's own copy will do.
            return bundled();
        }
    }

    private static UnsatisfiedLinkError bundled() {
        String file = System.mapLibraryName(NAME);
        String platform = platform();
        String resource = "/META-INF/native/" + platform + "/" + file;
        try (InputStream library = NativeLibrary.class.getResourceAsStream(resource)) {
            if (library == null) {
                return failure("this jar holds no native library for " + platform, null);
            }
            extractAndLoad(library, file);
            return null;
        } catch (UnsatisfiedLinkError | IOException | RuntimeException refused) {
            return failure("the native library for " + platform + " in this jar cannot be loaded by way of "
                + System.getProperty("java.io.tmpdir") + " (mounted noexec, perhaps?)", refused);
        }
    }

    /** The file is only there while it is loaded, in a folder that nobody else can look into. */
    private static void extractAndLoad(InputStream library, String file) throws IOException {
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path folder = Files.createTempDirectory("cloudauth-", ownerOnly);
        Path extracted = folder.resolve(file);
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
        UnsatisfiedLinkError failure = new UnsatisfiedLinkError("cloudauth: " + what + why + ". Give the path of "
            + System.mapLibraryName(NAME) + " by -D" + PATH + "=PATH, or put it on java.library.path.");
        failure.initCause(cause);
        return failure;
    }
}
