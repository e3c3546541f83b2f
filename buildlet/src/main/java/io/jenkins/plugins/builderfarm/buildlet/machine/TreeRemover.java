package io.jenkins.plugins.builderfarm.buildlet.machine;

import io.jenkins.plugins.builderfarm.buildlet.log.Reasons;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Removes what a build left, whatever it made of it: read-only files and directories, links out of the tree (never
 * followed; a Windows junction is a link too), and trees deeper than a path may be long, whose lower parts are moved up
 * before they are walked. Goes on after a failure. Not thread-safe.
 */
final class TreeRemover {
    /** Levels below the top: together with the top's own path, no path gets longer than systems take. */
    private static final int DEEPEST = 12;

    private static final int MOST_PROBLEMS = 5;

    private final Path top;
    private final Deque<Path> movedUp = new ArrayDeque<>();
    private final List<String> problems = new ArrayList<>();
    private int moves;

    private TreeRemover(Path top) {
        this.top = top;
    }

    /**
     * Empties a directory but for one entry of its own.
     *
     * @return what could not be removed and why, a few of them; empty if nothing is left
     */
    static List<String> empty(Path directory, String kept) {
        TreeRemover remover = new TreeRemover(directory);
        remover.removeEntries(directory, kept, 1);
        while (!remover.movedUp.isEmpty()) {
            remover.remove(remover.movedUp.pop(), directory, 1);
        }
        return remover.problems;
    }

    private void removeEntries(Path directory, String kept, int depth) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = open(directory)) {
            stream.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            problem(directory, e);
        }
        for (Path entry : entries) {
            if (!directory.relativize(entry).toString().equals(kept)) {
                remove(entry, directory, depth);
            }
        }
    }

    private static DirectoryStream<Path> open(Path directory) throws IOException {
        try {
            return Files.newDirectoryStream(directory);
        } catch (AccessDeniedException e) {
            makeWritable(directory);
            return Files.newDirectoryStream(directory);
        }
    }

    private void remove(Path path, Path parent, int depth) {
        try {
            if (isRealDirectory(path)) {
                if (depth > DEEPEST) {
                    moveUp(path, parent);
                    return;
                }
                removeEntries(path, "", depth + 1);
            }
            delete(path, parent);
        } catch (NoSuchFileException e) {
            return; // that's what was wanted
        } catch (IOException e) {
            problem(path, e);
        }
    }

    private static boolean isRealDirectory(Path path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isDirectory() && !attributes.isOther();
    }

    private void moveUp(Path directory, Path parent) throws IOException {
        makeWritable(directory); // a directory that is moved has its own entry ".." rewritten
        Path target = top.resolve(".removing-" + moves++);
        while (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            target = top.resolve(".removing-" + moves++);
        }
        try {
            Files.move(directory, target);
        } catch (AccessDeniedException e) {
            makeWritable(parent);
            Files.move(directory, target);
        }
        movedUp.push(target);
    }

    private static void delete(Path path, Path parent) throws IOException {
        try {
            Files.delete(path);
        } catch (AccessDeniedException e) {
            makeWritable(parent);
            makeDeletable(path);
            Files.delete(path);
        }
    }

    private static void makeWritable(Path directory) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** On Windows the file's own attribute counts; elsewhere never, and the file may have another name outside. */
    private static void makeDeletable(Path path) throws IOException {
        if (File.separatorChar == '/') {
            return;
        }
        DosFileAttributeView dos =
                Files.getFileAttributeView(path, DosFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (dos != null) {
            dos.setReadOnly(false);
        }
    }

    private void problem(Path path, Exception e) {
        boolean follows = e instanceof DirectoryNotEmptyException && !problems.isEmpty();
        if (!follows && problems.size() < MOST_PROBLEMS) {
            problems.add("can't remove " + path + ": " + Reasons.of(e));
        }
    }
}
