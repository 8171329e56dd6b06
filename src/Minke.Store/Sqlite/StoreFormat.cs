namespace Minke.Store.Sqlite;

/// <summary>
/// The layout of the database file and the way from each older layout to the newest. The version stands in SQLite's <c>user_version</c>.
/// </summary>
/// <remarks>
/// <c>log</c> has one row per write; the row of a deletion has no value. <c>previous</c> is the revision that the write replaced, which lets
/// compaction find superseded rows by number alone. The index holds all that is known of a key's history, so that starting and listing
/// read no values but those that are answered. <c>state</c> holds the compacted revision, and how far its rows have been removed.
/// </remarks>
internal static class StoreFormat
{
    public const int Version = 1;

    private const int ApplicationId = 0x4D696E6B; // "Mink"

    // Step N takes a database from version N to N + 1, inside one transaction.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE log (
          revision INTEGER PRIMARY KEY,
          key      TEXT NOT NULL,
          created  INTEGER NOT NULL,
          previous INTEGER NOT NULL,
          deleted  INTEGER NOT NULL,
          value    BLOB NOT NULL
        ) STRICT;
        CREATE INDEX log_by_key ON log (key, revision, created, deleted);
        CREATE TABLE state (
          name  TEXT PRIMARY KEY,
          value INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO state VALUES ('compacted', 0), ('swept', 0);
        """,
    ];

    /// <summary>Looks whether this program may use the file, without changing it.</summary>
    /// <exception cref="StoreFormatException">The file is of a newer version, or of another program.</exception>
    public static void Check(SqliteDatabase database, string path)
    {
        var version = database.QueryNumber("PRAGMA user_version") ?? 0;
        var application = database.QueryNumber("PRAGMA application_id") ?? 0;
        var tables = database.QueryNumber("SELECT count(*) FROM sqlite_schema") ?? 0;
        if (application != ApplicationId && (version != 0 || tables != 0))
        {
            throw new StoreFormatException($"{path} is a database of another program");
        }

        if (version > Version)
        {
            throw new StoreFormatException(
                $"{path} has store format {version}; this program knows formats up to {Version}: start the newer Minke that wrote it");
        }
    }

    /// <summary>Brings the file to the newest version, one step and one transaction after the other.</summary>
    public static void Migrate(SqliteDatabase database)
    {
        for (var version = database.QueryNumber("PRAGMA user_version") ?? 0; version < Version; version++)
        {
            database.Execute($"BEGIN IMMEDIATE; {Steps[version]} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {version + 1}; COMMIT");
        }
    }
}
