import Foundation
import TestSupport
import Testing

@Suite("Comparisons on other machines") struct ElsewhereTests {
  private let briefly = [
    "compare", "--epochs", "2", "--limit", "200", "--hidden", "6", "--seeds", "2", "--format", "csv",
  ]
  private let pairs = ["--pair", "softmax:cross-entropy", "--pair", "sigmoid:quadratic"]

  @Test(
    "the commands of --dry-run train the runs of the comparison, and summarize prints its table, byte for byte",
    arguments: [
      ["--pair", "softmax:cross-entropy", "--pair", "sigmoid:quadratic"],
      ["--pair", "linear:quadratic", "--vary", "activation=relu,sigmoid", "--dropout", "0.2", "--no-shuffle"],
      [
        "--pair", "sigmoid:cross-entropy", "--vary", "learning-rate=1e0,0.50", "--validation-split", "stratified",
        "--expand", "--l1", "0.1", "--patience", "1",
      ],
      [
        "--pair", "softmax:quadratic", "--pair", "softmax:cross-entropy", "--init-from", "it's a $(model)",
        "--softmax-scale", "1", "--precision", "single",
      ],
    ])
  func commands(options: [String]) async throws {
    try await withTemporaryFolder { folder in
      _ = try await nettrain(
        "--hidden", "6", "--softmax-scale", "2", "--epochs", "0", "--save", "it's a $(model)", in: folder)
      let whole = try await run(program, briefly + options + ["--quiet"], in: folder)
      #expect(whole.status == 0, "\(whole.error)")
      let out = ["--out", "its logs"]
      let dry = try await run(program, briefly + options + out + ["--dry-run", "--quiet"], in: folder)
      #expect(dry.status == 0 && dry.error == "", "\(dry.error)")
      #expect(dry.lines.count == 4)
      #expect(dry.lines.allSatisfy { $0.hasPrefix("nettrain train --data \(root)/data ") })
      #expect(try names(in: folder + "/its logs") == ["plan.json"], "nothing is trained")
      let trained = try await train(dry.lines, in: folder)
      #expect(trained.status == 0 && trained.error == "", "\(trained.error)")
      let table = try await nettrain("summarize", "its logs", "--format", "csv", in: folder)
      #expect(table.status == 0 && table.output == whole.output, "\(table.error)")
      // The logs are those of compare --out, which has nothing left to train: it would tell so without --quiet.
      let again = try await run(program, briefly + options + out, in: folder)
      #expect(again.output == whole.output && !again.error.contains(" of "), "\(again.error)")
    }
  }

  @Test("a folder whose name begins with a hyphen is not taken for an option")
  func hyphen() async throws {
    try await withTemporaryFolder { folder in
      let dry = try await run(program, briefly + pairs + ["--dry-run", "--out=-d", "--quiet"], in: folder)
      #expect(try await train(dry.lines, in: folder).error == "")
      #expect(try names(in: folder + "/-d").count == 5)
    }
  }

  /// Runs the commands of a dry run in a shell.
  private func train(_ commands: some Sequence<String>, in folder: String) async throws -> Outcome {
    try await shell("PATH=$(dirname \"$nettrain\"):$PATH\n" + commands.joined(separator: "\n"), in: folder)
  }

  @Test("without --out the logs go to logs; a folder of another comparison is refused with status 78")
  func folderOfLogs() async throws {
    try await withTemporaryFolder { folder in
      let dry = try await run(program, briefly + pairs + ["--dry-run"], in: folder)
      #expect(dry.lines.count == 4 && dry.lines.allSatisfy { $0.contains(" --log logs/") })
      #expect(Set(dry.lines.map { $0.split(separator: " ").last { $0.hasPrefix("logs/") } }).count == 4)
      #expect(try await run(program, briefly + pairs + ["--dry-run", "--seeds", "3"], in: folder).lines.count == 6)
      #expect(try await run(program, briefly + pairs + ["--dry-run", "--epochs", "3"], in: folder).status == 78)
    }
  }

  @Test("summarize counts the runs of a plan that have no log yet, with status 1")
  func missingRuns() async throws {
    try await withTemporaryFolder { folder in
      let dry = try await run(program, briefly + pairs + ["--dry-run", "--seeds", "3"], in: folder)
      _ = try await train(dry.lines.prefix(4), in: folder)
      let table = try await nettrain("summarize", "logs", in: folder)
      #expect(table.status == 1 && table.error == "nettrain: note: 2 runs of the plan have no log yet\n")
      #expect(table.lines.first?.hasPrefix("2 seeds, ") == true)
    }
  }

  @Test(
    "what has no commands is wrong usage",
    arguments: [
      (["--tune"], "--dry-run: the rates of --tune follow from runs; choose the rates first"),
      (["--init-from", "-"], "--init-from -: a model on standard input serves one run"),
    ])
  func usage(options: [String], words: String) async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await run(program, briefly + pairs + ["--dry-run"] + options, in: folder)
      #expect(outcome.status == 64 && outcome.error.contains(words), "\(outcome.error)")
      #expect(try names(in: folder) == [])
    }
  }

  @Test(
    "scripts/check-hosts: two hosts, of which one is cut off, end with the table of one machine",
    .enabled(if: canMakeHosts, "root, sshd, ip and GNU parallel are needed, and the right to make network namespaces"))
  func hosts() async throws {
    let outcome = try await run(root + "/scripts/check-hosts", [])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    #expect(outcome.lines.count > 20 && outcome.lines.allSatisfy { $0.hasPrefix("holds  ") })
  }

  @Test("scripts/compare-on-hosts and compare-on-slurm tell their usage, and wrong usage in one line")
  func scriptUsage() async throws {
    try await withTemporaryFolder { folder in
      try makeFile(folder + "/empty", Array("# none\n".utf8))
      try makeFile(folder + "/two words", Array("# hosts\nfirst second".utf8))
      for (script, arguments, status, words) in [
        ("hosts", [], 64, "give a file with a host on each line"),
        ("hosts", ["/nowhere"], 66, "/nowhere: there is no such file"),
        ("hosts", ["empty"], 64, "there is no host in this file"),
        ("hosts", ["two words"], 64, "two words: 'first second' is not a host"),
        ("slurm", ["--dry-run", "--submit-file-only"], 64, "--dry-run: 'nettrain compare --dry-run' prints"),
        ("slurm", ["--submit-file-only", "--seeds", "0"], 64, "give a number of seeds"),
      ] as [(String, [String], Int, String)] {
        let outcome = try await run("\(root)/scripts/compare-on-\(script)", arguments, in: folder)
        #expect(outcome.status == status && outcome.error.contains(words), "\(outcome.error)")
        #expect(outcome.output == "" && outcome.error.count { $0 == "\n" } == 1, "\(outcome.error)")
        let help = try await run("\(root)/scripts/compare-on-\(script)", ["--help"])
        #expect(help.status == 0 && help.lines.contains { $0.contains("scripts/compare-on-\(script) ") })
      }
    }
  }

  @Test(
    """
    a task of Slurm whose time is over asks to be requeued, and one that is cancelled does not; both resume, no two train one \
    run, and the table is that of one machine
    """)
  func slurmTasks() async throws {
    try await withTemporaryFolder { folder in
      let long = briefly + pairs + ["--seeds", "3", "--epochs", "200", "--quiet"]
      let whole = try await run(program, long)
      let outcome = try await shell(
        """
        mkdir bin 'it is'
        printf '#!/bin/sh\\n[ "$1" = show ] || echo "$@" >>"\(folder)/requeued"\\n' >bin/scontrol
        chmod +x bin/scontrol
        PATH=$PWD/bin:$PATH
        '\(root)/scripts/compare-on-slurm' --submit-file-only --out 'it is' \(long.dropFirst().joined(separator: " ")) >submit
        for line in 1 2 3 4 5 6; do
            export SLURM_ARRAY_JOB_ID=7 SLURM_ARRAY_TASK_ID=$line
            task() { exec bash 'it is/.slurm/array.sbatch' 'it is'/.slurm/runs.* 0; }
            for signal in $([ $line != 3 ] || echo USR1 TERM); do
                size=$(cat 'it is'/.slurm/*.part | wc -c)
                task &
                while [ $(cat 'it is'/.slurm/*.part | wc -c) -le $size ]; do sleep 0.02; done
                (task) 2>>second
                echo $? >>statuses
                kill -$signal $!
                wait $!
                echo $? >>statuses
                [ -e 'it is'/.slurm/*.checkpoint ] || exit 9
            done
            (task) || exit
        done
        """, in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      func text(_ name: String) throws -> String { try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }
      #expect(try text("submit").hasPrefix("sbatch --array=1-6 --job-name=nettrain-"))
      #expect(try text("requeued") == "requeue 7_3\n", "only the first time")
      #expect(try text("statuses") == "75\n0\n75\n143\n")
      #expect(try text("second").matches(of: /: another task is training this run\n/).count == 2)
      let table = try await nettrain("summarize", "it is", "--format", "csv", in: folder)
      #expect(table.status == 0 && table.output == whole.output, "\(table.error)")
      let left = try names(in: folder + "/it is/.slurm").filter { $0.contains(".part") || $0.hasSuffix(".checkpoint") }
      #expect(left == [])
    }
  }
}

/// True where scripts/check-hosts can make hosts.
private let canMakeHosts =
  succeeds("sh", "-c", "PATH=$PATH:/usr/sbin; [ $(id -u) = 0 ] && type ip sshd parallel")
  && succeeds("unshare", "--net", "--mount", "true")
