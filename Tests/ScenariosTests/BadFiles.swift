import Scenarios

extension BadScenarios {
    private static let head = "understudy: scenario/1\nname: bad\nextends: uat\n"

    static let files: [BadScenario] = [
        BadScenario(
            "unknown shipped scenario", files: ["main.yaml": "understudy: scenario/1\nname: x\nextends: «uta»\n"],
            [
                .init(
                    severity: .error, message: "there is no shipped scenario 'uta'", suggestion: "did you mean 'uat'?")
            ].map { $0 }),
        BadScenario(
            "missing file", "include: [«parts.yaml»]\n", "there is no scenario file 'parts.yaml'"),
        BadScenario(
            "misspelled file",
            files: ["main.yaml": head + "include: [«prt.yaml»]\n", "part.yaml": "understudy: scenario/1\n"],
            [.init(severity: .error, message: "there is no scenario file", suggestion: "did you mean 'part.yaml'?")]),
        BadScenario(
            "file outside", "include: [«../secret.yaml»]\n", "leads out of the scenario's folder",
            suggestion: "use a relative path below it"),
        BadScenario(
            "absolute file", "include: [«/etc/passwd.yaml»]\n", "leads out of the scenario's folder",
            suggestion: "use a relative path below it"),
        BadScenario(
            "table outside", "cards: «a/../../b.csv»\n", "leads out of the scenario's folder",
            suggestion: "use a relative path below it"),
        BadScenario(
            "circle of includes",
            files: [
                "main.yaml": head + "include: [a.yaml]\n", "a.yaml": "understudy: scenario/1\ninclude: [b.yaml]\n",
                "b.yaml": "understudy: scenario/1\ninclude: [«a.yaml»]\n",
            ],
            [.init(severity: .error, message: "in a circle: main.yaml → a.yaml → b.yaml → a.yaml", suggestion: nil)]),
        BadScenario(
            "scenario that extends itself",
            files: ["main.yaml": "understudy: scenario/1\nname: x\nextends: «main.yaml»\n"],
            [.init(severity: .error, message: "in a circle: main.yaml → main.yaml", suggestion: nil)]),
        BadScenario(
            "included file that extends",
            files: ["main.yaml": head + "include: [a.yaml]\n", "a.yaml": "understudy: scenario/1\nextends: «uat»\n"],
            [.init(severity: .error, message: "an included file cannot extend", suggestion: nil)]),
        BadScenario(
            "mistake in an included file",
            files: [
                "main.yaml": head + "include: [sub/a.yaml]\n", "sub/a.yaml": "understudy: scenario/1\n«seeed»: 3\n",
            ],
            [.init(severity: .error, message: "unknown key 'seeed'", suggestion: "did you mean 'seed'?")]),
        BadScenario("missing table", "cards: «my-cards.csv»\n", "there is no table 'my-cards.csv'"),
    ]

    private static func table(
        _ name: String, _ key: String, _ text: String, _ message: String, suggestion: String? = nil,
        severity: Diagnostic.Severity = .error
    ) -> BadScenario {
        BadScenario(
            name, files: ["main.yaml": head + "\(key): t.csv\n", "t.csv": text],
            [.init(severity: severity, message: message, suggestion: suggestion)])
    }

    private static let codes = "processor,code,status,text\n"
    private static let cards = "number,brand,processors,effect,from,through,code,approved\n"

    static let tables: [BadScenario] = [
        table(
            "unknown column", "responseCodes", "processor,code,status,text,«sorce»\n", "unknown column 'sorce'",
            suggestion: "did you mean 'source'?"),
        table("missing column", "responseCodes", "«processor»,code,text\n", "needs the column 'status'"),
        table(
            "column twice", "responseCodes", "processor,code,status,text,«code»\n",
            "the column 'code' stands here twice"),
        table("too few cells", "responseCodes", codes + "«»FNOR,00,approved\n", "3 cells where the header has 4"),
        table(
            "too many cells", "responseCodes", "# c\n" + codes + "«»FNOR,00,approved,a,b\n",
            "5 cells where the header has 4"),
        table(
            "open quote", "responseCodes", codes + "FNOR,00,approved,«»\"abc\nFNOR,01,approved,x\n", "never closed"),
        table("quote inside", "responseCodes", codes + "FNOR,00,approved,ab«»\"c\n", "a quote inside a cell"),
        table(
            "text behind a quote", "responseCodes", codes + "FNOR,00,approved,\"ab\"«»c\n",
            "text after the closing quote"),
        table(
            "unknown status", "responseCodes", codes + "FNOR,00,«aproved»,OK\n", "unknown status 'aproved'",
            suggestion: "did you mean 'approved'?"),
        table(
            "cell without value", "responseCodes", codes + "FNOR,«»,approved,OK\n", "the column 'code' needs a value"),
        table(
            "row twice", "responseCodes", codes + "FNOR,77,approved,OK\n«»FNOR,77,declined,No\n",
            "a second row for this processor and code; the first stands in line 2"),
        table(
            "unknown confidence", "responseCodes",
            "processor,code,status,text,confidence\nFNOR,77,approved,OK,«documentd»\n",
            "unknown confidence 'documentd'", suggestion: "did you mean 'documented'?"),
        table("card that is no number", "cards", cards + "«4111-1111»,Visa,,published,,,,\n", "expected a card number"),
        table(
            "card of an unknown brand", "cards", cards + "4111111111111111,«Vissa»,,published,,,,\n",
            "unknown card brand 'Vissa'", suggestion: "did you mean 'Visa'?"),
        table(
            "card on an unknown processor", "cards", cards + "4111111111111111,Visa,«FNOR|RCPT»,timeout,,,,\n",
            "unknown processor 'RCPT'", suggestion: "did you mean 'RPCT'?"),
        table(
            "decline without code", "cards", cards + "«»4111111111111111,Visa,FNOR,decline,,,,\n",
            "needs the columns 'processors' and 'code'"),
        table(
            "partial without amount", "cards", cards + "«»4111111111111111,Visa,FNOR,partial,,,10,\n",
            "needs the column 'approved'"),
        table(
            "card amounts upside down", "cards", cards + "«»4111111111111111,Visa,FNOR,debit,5.00,1.00,,\n",
            "the range is the wrong way round", suggestion: "swap 'from' and 'through'"),
        table(
            "card with a bad check digit", "cards", cards + "«4111111111111112»,Visa,,published,,,,\n",
            "…1112 fails the check digit", severity: .warning),
        table(
            "card with another brand", "cards", cards + "«»4111111111111111,Amex,,published,,,,\n",
            "is a Visa number by the table of brands", severity: .warning),
        table(
            "trigger of another length", "avs", "processors,trigger,result\nFNOR,123,Y\n«»FNOR,1234,Y\n",
            "all triggers of a table have the same length"),
        table("CVV that is none", "cvv", "value,result\n«12»,M\n", "expected three or four digits"),
        table(
            "token without site", "knownTokens", "kind,site,environment,input,token\n«»card,,,4111111111111111,9\n",
            "needs the columns 'site', 'environment' and 'input'"),
        table(
            "bank account without slash", "knownTokens",
            "kind,site,environment,input,token\n«»bank,fts,UAT,123456789,9\n", "routing number, slash, account number"),
        table(
            "category of an unknown code", "declineCategories",
            "brand,processor,code,category\n«»Visa,FNOR,55555,1\n", "unknown response code '55555' of FNOR"),
        table(
            "association code of an unknown response", "associationCodes",
            "number,brand,processors,amount,code,associationCode,associationText\n"
                + "«»4111111111111111,Visa,FNOR,1.00,999,A,B\n",
            "unknown response code '999' of FNOR"),
        table(
            "association code without point", "associationCodes",
            "number,brand,processors,amount,code,associationCode,associationText\n"
                + "4111111111111111,Visa,FNOR,«100»,05,A,B\n",
            "has no point", suggestion: "did you mean '100.00'?"),
    ]
}
