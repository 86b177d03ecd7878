package shop;

import io.github.libcloudauth.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** A folder with up to three files for each transaction, which only their owner can read. A shop has its database here. */
@Component
class Flows {
    static final String BEGUN = ".started.json";
    static final String FILED = ".result.json";
    /** Nothing is left to do. */
    static final String ENDED = ".ended";

    private final Path folder;

    Flows(@Value("${shop.folder}") Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    boolean has(String id, String part) {
        return Files.exists(folder.resolve(id + part));
    }

    Started started(String id) throws IOException {
        return Started.fromJson(Files.readAllBytes(folder.resolve(id + BEGUN)));
    }

    /**
     * What the callback of a transaction must carry; null for one that is not known. An id in a callback is anybody's text,
     * and becomes a file's name here.
     */
    String token(String id) {
        try {
            return id.matches("[0-9A-Za-z]+") && has(id, BEGUN) ? started(id).callbackToken().orElseThrow() : null;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<String> unfinished() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(BEGUN))
                .map(name -> name.substring(0, name.length() - BEGUN.length())).filter(id -> !has(id, ENDED))
                .collect(Collectors.toList());
        }
    }

    /** Done when the file is on disk, whole: the service's copy is deleted next. */
    void write(String id, String part, byte[] data) throws IOException {
        Path made = Files.createTempFile(folder, id, ".new"); // for its owner alone
        try (FileChannel file = FileChannel.open(made, StandardOpenOption.WRITE)) {
            for (ByteBuffer bytes = ByteBuffer.wrap(data); bytes.hasRemaining();) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(made, folder.resolve(id + part), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
