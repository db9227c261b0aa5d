/// What makes a shell complete a program's commands, options and their values.
enum CompletionScript: String, CaseIterable {
    case zsh, bash, fish

    init?(shell: String) { self.init(rawValue: shell) }

    func text(of program: Program) -> String {
        let commands = program.commands.map { $0.description } + [Program.help]
        return switch self {
        case .zsh: Self.zsh(program, commands)
        case .bash: Self.bash(program, commands)
        case .fish: Self.fish(program, commands)
        }
    }

    // MARK: - bash

    /// Where nothing of ours fits, bash completes file names.
    private static func bash(_ program: Program, _ commands: [CommandDescription]) -> String {
        let names = commands.map(\.name) + builtIn
        let values = commands.flatMap { command in
            command.parameters.filter { !$0.choices.isEmpty }.map { parameter in
                "    '1 \(command.name) --\(parameter.name)') words='\(parameter.choices.joined(separator: " "))' ;;"
            }
        }
        let options = commands.map { command in
            let names = optionNames(command) + builtIn
            return "    '1 \(command.name) '*) [[ $word == -* ]] && words='\(names.joined(separator: " "))' ;;"
        }
        return """
            _\(program.name)() {
                local word=${COMP_WORDS[COMP_CWORD]} words=
                case "$((COMP_CWORD > 1)) ${COMP_WORDS[1]} ${COMP_WORDS[COMP_CWORD - 1]}" in
                '0 '*) words='\(names.joined(separator: " "))' ;;
                '1 help help') words='\(commands.map(\.name).joined(separator: " "))' ;;
            \((values + options).joined(separator: "\n"))
                esac
                COMPREPLY=($(compgen -W "$words" -- "$word"))
            }
            complete -o default -F _\(program.name) \(program.name)
            """
    }

    // MARK: - zsh

    private static func zsh(_ program: Program, _ commands: [CommandDescription]) -> String {
        let names = commands.map { "        \(quoted("\($0.name):\($0.abstract)"))" }
        let cases = commands.map { command in
            let parameters = command.parameters.map { "            " + zsh($0) }
            return "        \(command.name))\n            specs+=(\n"
                + parameters.map { "    \($0)\n" }.joined() + "            )\n            ;;"
        }
        return """
            #compdef \(program.name)

            _\(program.name)() {
                local -a commands specs
                commands=(
            \(names.joined(separator: "\n"))
                )
                specs=('--version[Show the version.]' '(-h --help)'{-h,--help}'[Show help information.]')
                if ((CURRENT == 2)); then
                    _arguments -s $specs
                    _describe command commands
                    return
                fi
                case $words[2] in
            \(cases.joined(separator: "\n"))
                esac
                shift words
                ((CURRENT--))
                _arguments -s $specs
            }

            # Loaded by zsh from a folder of `fpath`, or read with `source`.
            if [[ $funcstack[1] == _\(program.name) ]]; then
                _\(program.name) "$@"
            else
                compdef _\(program.name) \(program.name)
            fi
            """
    }

    private static func zsh(_ parameter: ParameterDescription) -> String {
        let name = escaped(parameter.valueName)
        let action = parameter.choices.isEmpty ? "_files" : "(\(parameter.choices.joined(separator: " ")))"
        return switch parameter.kind {
        case .flag: quoted("--\(parameter.name)[\(escaped(parameter.help))]")
        case .option: quoted("--\(parameter.name)=[\(escaped(parameter.help))]:\(name):\(action)")
        case .repeatedOption: quoted("*--\(parameter.name)=[\(escaped(parameter.help))]:\(name):\(action)")
        case .word: quoted("::\(name):\(action)")
        case .words: quoted("*:\(name):\(action)")
        }
    }

    // MARK: - fish

    private static func fish(_ program: Program, _ commands: [CommandDescription]) -> String {
        let start = "complete -c \(program.name)"
        var lines = [
            "\(start) -l version -d 'Show the version.'", "\(start) -s h -l help -d 'Show help information.'",
        ]
        for command in commands {
            lines.append("\(start) -f -n __fish_use_subcommand -a \(command.name) -d \(quoted(command.abstract))")
        }
        let names = commands.map(\.name).joined(separator: " ")
        lines.append("\(start) -f -n '__fish_seen_subcommand_from \(Program.help.name)' -a '\(names)'")
        for command in commands {
            let condition = "-n '__fish_seen_subcommand_from \(command.name)'"
            for parameter in command.parameters where !parameter.isWord {
                var line = "\(start) \(condition) -l \(parameter.name)"
                if parameter.takesValue { line += " -r" }
                if !parameter.choices.isEmpty { line += " -f -a '\(parameter.choices.joined(separator: " "))'" }
                lines.append(line + " -d \(quoted(parameter.help))")
            }
        }
        return lines.joined(separator: "\n")
    }

    // MARK: - Parts

    private static let builtIn = ["--version", "--help", "-h"]

    private static func optionNames(_ command: CommandDescription) -> [String] {
        command.parameters.filter { !$0.isWord }.map { "--\($0.name)" }
    }

    /// In single quotes, as all three shells read them.
    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }

    /// For zsh's specifications, where colons and brackets mean something.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for letter in text {
            if ":[]".contains(letter) { result.append("\\") }
            result.append(letter)
        }
        return result
    }
}
