import Foundation
import TestSupport
import Testing

/// The completion scripts, in the shells themselves.
@Suite("Completions") struct CompletionTests {
  @Test("bash completes commands, options, choices, files and directories")
  func bash() async throws { try await check("bash", Self.bash) }

  @Test(
    "zsh completes commands, options, choices, files and directories",
    .enabled(if: isInstalled("zsh"), "zsh is not installed"))
  func zsh() async throws { try await check("zsh", Self.zsh) }

  @Test(
    "fish completes commands, options, choices, files and directories",
    .enabled(if: isInstalled("fish"), "fish is not installed"))
  func fish() async throws { try await check("fish", Self.fish) }

  /// Checks the candidates of a shell. The commands print the candidates for `$line` by the completion script `$script`,
  /// which is `_nettrain` in the folder `$scripts`.
  private func check(_ shell: String, _ commands: String) async throws {
    try await withTemporaryFolder { folder in
      let (scripts, work) = (folder + "/scripts", folder + "/work")
      for path in [scripts, work, work + "/directory"] {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      }
      try makeFile(work + "/file", [])
      let script = try await nettrain("--generate-completion-script", shell)
      try makeFile(scripts + "/_nettrain", Array(script.output.utf8))
      try FileManager.default.createSymbolicLink(atPath: scripts + "/nettrain", withDestinationPath: program)
      let path = ProcessInfo.processInfo.environment["PATH"] ?? ""

      func candidates(_ line: String) async throws -> Set<String> {
        let outcome = try await run(
          "timeout", ["120", shell, "-c", commands],
          environment: [
            "line": line, "script": scripts + "/_nettrain", "scripts": scripts, "PATH": "\(scripts):\(path)",
            "HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder,
          ], in: work)
        // fish describes its candidates, and marks directories.
        return Set(
          outcome.lines.map { line in
            let name = line.prefix { $0 != "\t" }
            return String(name.hasSuffix("/") ? name.dropLast() : name)
          })
      }

      for prefix in ["nettrain ", "nettrain train "] {
        #expect(try await candidates(prefix + "--co") == ["--cost", "--color"])
        #expect(try await candidates(prefix + "--cost ") == ["quadratic", "cross-entropy"])
        #expect(try await candidates(prefix + "--save ") == ["file", "directory"])
        #expect(try await candidates(prefix + "--data ") == ["file", "directory"])
      }
      #expect(try await candidates("nettrain ").isSuperset(of: ["train", "resume", "verify", "slowdown"]))
      #expect(try await candidates("nettrain res") == ["resume"])
      #expect(try await candidates("nettrain resume ").isSuperset(of: ["file", "directory"]))
      #expect(try await candidates("nettrain resume file --log ") == ["file", "directory"])
      #expect(try await candidates("nettrain resume file --ep") == ["--epochs"])
      #expect(try await candidates("nettrain page file ").isSuperset(of: ["file", "directory"]))
      #expect(try await candidates("nettrain page --ti") == ["--title"])
      #expect(try await candidates("nettrain compare --hi") == ["--hidden"])
      #expect(try await candidates("nettrain plot file --y train-") == ["train-accuracy", "train-cost"])
      #expect(try await candidates("nettrain plot file --x ") == ["epoch", "seconds"])
      #expect(try await candidates("nettrain compare --rep") == ["--report"])
      #expect(try await candidates("nettrain summarize --rep") == ["--report"])
      #expect(try await candidates("nettrain summarize --report ").contains("directory"))
    }
  }

  private static let bash = """
    source "$script"
    compopt() { :; }
    read -ra COMP_WORDS <<<"$line"
    [[ $line != *' ' ]] || COMP_WORDS+=('')
    COMP_LINE=$line COMP_POINT=${#line} COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _nettrain nettrain "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    printf '%s\\n' "${COMPREPLY[@]}"
    """

  private static let fish = """
    source $script
    complete -C $line
    """

  /// zsh completes at a terminal alone, so one is made for a second zsh, which is sent the line and a tab.
  private static let zsh = #"""
    cat > $HOME/begin <<'begin'
    stty -echo
    PS1=
    fpath=($scripts $fpath)
    autoload -Uz compinit && compinit -u -D
    compadd() {
      # With these options, compadd fills an array and adds no candidate.
      if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
        local -a found
        builtin compadd -A found "$@"
        print -rl -- ${found/#/candidate }
      fi
      builtin compadd "$@"
    }
    finish() { print finished; exit }
    comppostfuncs=(finish)
    bindkey '^I' list-choices
    print ready
    begin
    zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell "source $HOME/begin"
    zpty -r shell output '*ready*'
    zpty -w -n shell $line$'\t'
    zpty -r shell output '*finished*'
    print -r -- $output | tr -d '\r' | sed -n 's/^.*candidate //p'
    """#
}
