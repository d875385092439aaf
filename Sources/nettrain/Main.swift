import NettrainCommands

@main enum Main {
  static func main() { Nettrain.main() }
}
