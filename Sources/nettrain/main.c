/* C hands the arguments to main. Swift's CommandLine looks for them in /proc, and has none where that is missing. */
int nettrain_main(int count, char **arguments);

int main(int count, char **arguments) { return nettrain_main(count, arguments); }
